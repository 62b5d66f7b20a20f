package dev.parfocal.cli.chart;

import java.util.List;

/**
 * One pair of axes with its curves.
 *
 * @param title above it; empty for none
 * @param xLabel below the horizontal axis
 * @param yLabel beside the vertical axis
 */
public record Panel(String title, String xLabel, String yLabel, List<Curve> curves) {
    public Panel {
        curves = List.copyOf(curves);
    }
}
