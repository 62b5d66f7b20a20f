package dev.parfocal.cli.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * One pair of axes with its curves.
 *
 * @param title above it; empty for none
 * @param xLabel below the horizontal axis
 * @param yLabel beside the vertical axis
 * @param tiles behind the curves
 * @param dots before them
 */
public record Panel(String title, String xLabel, String yLabel, List<Curve> curves, List<Tile> tiles, List<Dot> dots) {
    public Panel {
        curves = List.copyOf(curves);
        tiles = List.copyOf(tiles);
        dots = List.copyOf(dots);
    }

    /** A panel of curves alone. */
    public Panel(String title, String xLabel, String yLabel, List<Curve> curves) {
        this(title, xLabel, yLabel, curves, List.of(), List.of());
    }

    /** Everything that must be seen, as curves: what the axes reach over. */
    List<Curve> extent() {
        List<Curve> all = new ArrayList<>(curves);
        all.add(new Curve(
                0,
                DoubleStream.concat(
                                tiles.stream().flatMapToDouble(tile -> DoubleStream.of(tile.left(), tile.right())),
                                dots.stream().mapToDouble(Dot::x))
                        .toArray(),
                DoubleStream.concat(
                                tiles.stream().flatMapToDouble(tile -> DoubleStream.of(tile.low(), tile.high())),
                                dots.stream().mapToDouble(Dot::y))
                        .toArray()));
        return all;
    }
}
