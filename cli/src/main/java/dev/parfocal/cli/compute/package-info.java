/** Losses evaluated on tables of numbers, and in double along a line. */
@NullMarked
package dev.parfocal.cli.compute;

import org.jspecify.annotations.NullMarked;
