package dev.parfocal.cli.chart;

import java.util.List;

/**
 * A finished drawing, the same for every format it is written in.
 *
 * @param title for those who cannot see it
 * @param width in pixels
 * @param height in pixels
 * @param marks from back to front
 */
public record Scene(String title, double width, double height, List<Mark> marks) {
    public Scene {
        marks = List.copyOf(marks);
    }
}
