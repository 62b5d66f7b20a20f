/** Columns of numbers read from CSV files, and written to them. */
@NullMarked
package dev.parfocal.cli.csv;

import org.jspecify.annotations.NullMarked;
