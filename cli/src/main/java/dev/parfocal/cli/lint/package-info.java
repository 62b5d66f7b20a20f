/** What {@code parfocal lint} says of a data set, and shows. */
@NullMarked
package dev.parfocal.cli.lint;

import org.jspecify.annotations.NullMarked;
