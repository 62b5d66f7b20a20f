/** Charts: one drawing, written as SVG or painted as PNG. */
@NullMarked
package dev.parfocal.cli.chart;

import org.jspecify.annotations.NullMarked;
