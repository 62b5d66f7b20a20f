/** What there is to find and what was found, column by column, as everything that measures reads it. */
@NullMarked
package dev.parfocal.detection.truth;

import org.jspecify.annotations.NullMarked;
