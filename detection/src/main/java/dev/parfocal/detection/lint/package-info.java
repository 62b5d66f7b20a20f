/** What can be wrong with a data set, and the report that counts it. */
@NullMarked
package dev.parfocal.detection.lint;

import org.jspecify.annotations.NullMarked;
