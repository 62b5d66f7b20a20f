/** What every reader of a format shares: records not yet looked at, and the data set built from them. */
@NullMarked
package dev.parfocal.detection.format.raw;

import org.jspecify.annotations.NullMarked;
