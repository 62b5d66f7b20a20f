package dev.parfocal.cli.plot;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.cli.compute.DoubleLoss;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The figure of some losses: their values above, their gradients below, a column for each slice. */
public final class LossFigure {

    private static final int SAMPLES = 601;

    /** What a gradient changes by between two samples only where it jumps, as a share of its whole range. */
    private static final double JUMP = 0.05;

    private LossFigure() {}

    /** A loss, and what its curves are called. */
    public record Named(String name, Loss loss) {}

    /**
     * Draws losses of one kind, a curve each.
     *
     * @param at values of given inputs to draw for, instead of the usual ones
     * @throws ParfocalException if the losses have different kinds or inputs, or an input does not exist
     */
    public static Figure of(String title, String subtitle, List<Named> losses, Map<String, List<Double>> at) {
        Loss first = losses.get(0).loss();
        for (Named named : losses) {
            if (!comparable(named.loss(), first)) {
                throw new ParfocalException(first.name() + " and "
                        + named.loss().name() + " have different inputs, so their curves cannot stand in one plot");
            }
        }
        List<Slice> slices = Slices.of(first, at);
        boolean sameUnits = first.kind() != Kind.BOX;
        List<Panel> values = new ArrayList<>();
        List<Panel> gradients = new ArrayList<>();
        for (Slice slice : slices) {
            List<Curve> value = new ArrayList<>();
            List<Curve> gradient = new ArrayList<>();
            for (int style = 0; style < losses.size(); style++) {
                trace(losses.get(style).loss(), slice, style, value, gradient);
            }
            values.add(new Panel(slice.title(), slice.xLabel(), "value", value));
            gradients.add(new Panel(slice.title(), slice.xLabel(), "gradient", gradient));
        }
        return new Figure(
                title,
                subtitle,
                losses.stream().map(Named::name).toList(),
                List.of(new Figure.Row(true, values), new Figure.Row(sameUnits, gradients)));
    }

    private static boolean comparable(Loss a, Loss b) {
        return a.kind() == b.kind()
                && a.predicted().equals(b.predicted())
                && a.given().equals(b.given());
    }

    private static void trace(Loss loss, Slice slice, int style, List<Curve> values, List<Curve> gradients) {
        DoubleLoss function = new DoubleLoss(loss);
        double[] x = new double[SAMPLES];
        double[] value = new double[SAMPLES];
        double[] gradient = new double[SAMPLES];
        for (int i = 0; i < SAMPLES; i++) {
            x[i] = slice.from() + (slice.to() - slice.from()) * i / (SAMPLES - 1);
            DoubleLoss.Point point = function.at(slice.way().at(x[i]), slice.given());
            value[i] = point.value();
            gradient[i] = dot(point.gradient(), slice.way().direction(x[i]));
        }
        values.add(new Curve(style, x, value));
        gradients.add(new Curve(style, x, withGaps(gradient)));
    }

    /** The same numbers with a gap at each jump: at a kink of the value the gradient has no line between its two sides. */
    private static double[] withGaps(double[] gradient) {
        double low = Arrays.stream(gradient).filter(Double::isFinite).min().orElse(0);
        double high = Arrays.stream(gradient).filter(Double::isFinite).max().orElse(0);
        double[] result = gradient.clone();
        for (int i = 1; i < gradient.length; i++) {
            if (Math.abs(gradient[i] - gradient[i - 1]) > JUMP * (high - low)) {
                result[i] = Double.NaN;
            }
        }
        return result;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
