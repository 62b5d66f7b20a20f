package dev.parfocal.core.check;

import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Points to check a loss at: what training meets, and the edges of what floats can hold. */
final class Samples {

    private static final double[] LOGITS = {
        0.0,
        -0.0,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        1e-30,
        -1e-30,
        1,
        -1,
        16.6,
        -16.6,
        88,
        -88,
        104,
        -104,
        1e4,
        -1e4,
        1e20,
        -1e20,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    private static final double[] GIVEN_LOGITS = {0, 1, 104, (float) 1e20};

    private static final double[] PLAIN = {0, 1, -1, 2.5, -3};

    private static final double[] COORDINATES = {0, -0.0, Float.MIN_VALUE, 1e-30, 1e-3, 1, 2, 640, 1e6, -1e6};

    private final Loss loss;
    private final Random random;

    Samples(Loss loss, long seed) {
        this.loss = loss;
        this.random = new Random(seed);
    }

    /** Points such as training meets: logits within about [-8, 8], boxes of many sizes that overlap or do not. */
    List<Point> moderate(int count) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            points.add(point());
        }
        return points;
    }

    /** Predictions within [-3, 3], zero among them, with what is given at its ends; none for boxes. */
    List<Point> plain() {
        if (loss.kind() == Kind.BOX) {
            return List.of();
        }
        int width = loss.kind() == Kind.ROW ? loss.predicted().get(0).length() : 1;
        List<Point> points = new ArrayList<>();
        for (double size : PLAIN) {
            double[] predicted = new double[width];
            for (int i = 0; i < width; i++) {
                predicted[i] = size * (1 - 2.0 * i / Math.max(1, width));
            }
            edges().forEach(given -> points.add(new Point(predicted, given)));
        }
        return points;
    }

    /** The edges: zeros, subnormals, 88, 1e4, 1e20 and the largest floats; for boxes empty, swapped and huge ones. */
    List<Point> extreme() {
        List<double[]> predictions = switch (loss.kind()) {
            case POINTWISE -> singles();
            case ROW -> rows();
            case BOX -> corners(loss.predicted().size());
        };
        List<Point> points = new ArrayList<>();
        List<double[]> givens = isPair() ? corners(loss.given().size()) : edges();
        for (double[] predicted : predictions) {
            givens.forEach(given -> points.add(new Point(predicted, given)));
        }
        return points;
    }

    /** Every combination of the ends of the given inputs; for a row of a few edges. */
    List<double[]> edges() {
        List<double[]> combinations = new ArrayList<>();
        combinations.add(new double[loss.given().size()]);
        int at = 0;
        for (Input input : loss.declaredGiven()) {
            List<double[]> longer = new ArrayList<>();
            List<double[]> edges = input.isRow() ? givenRows(input.length()) : numbers(edges(input));
            for (double[] combination : combinations) {
                for (double[] edge : edges) {
                    double[] copy = combination.clone();
                    System.arraycopy(edge, 0, copy, at, edge.length);
                    longer.add(copy);
                }
            }
            combinations = longer;
            at += Math.max(1, input.length());
        }
        return combinations;
    }

    private static List<double[]> numbers(double[] edges) {
        return Arrays.stream(edges).mapToObj(edge -> new double[] {edge}).toList();
    }

    /** Rows of which one logit is larger than all others, or whose logits lie far apart. */
    private static List<double[]> givenRows(int length) {
        List<double[]> rows = new ArrayList<>();
        for (double logit : GIVEN_LOGITS) {
            double[] first = new double[length];
            double[] alternating = new double[length];
            first[0] = logit;
            for (int i = 0; i < length; i++) {
                alternating[i] = (float) (i % 2 == 0 ? -logit : logit);
            }
            rows.add(first);
            rows.add(alternating);
        }
        return rows;
    }

    /** Whether both sides are boxes by their corners. */
    boolean isBoxes() {
        return loss.kind() == Kind.BOX
                && loss.predicted().size() == 4
                && loss.given().size() == 4;
    }

    /** Whether both sides are boxes by centre, width, height and angle. */
    boolean isRotated() {
        return loss.kind() == Kind.BOX
                && loss.predicted().size() == 5
                && loss.given().size() == 5;
    }

    /** Whether both sides are boxes of one form. */
    boolean isPair() {
        return isBoxes() || isRotated();
    }

    private double[] edges(Input input) {
        double low = Math.max(input.min(), -2);
        double high =
                Math.min(input.max(), Math.max(low + 1, loss.predicted().get(0).length()));
        if (input.integer()) {
            return new double[] {low, high};
        }
        return new double[] {
            low, high, (float) (low + high) / 2, (float) (low + 1e-30 * (high - low)), Math.nextDown((float) high)
        };
    }

    private Point point() {
        if (isBoxes()) {
            double scale = Math.pow(10, random.nextInt(4));
            return new Point(box(scale), box(scale));
        }
        if (isRotated()) {
            double scale = Math.pow(10, random.nextInt(4));
            return new Point(rotated(scale), rotated(scale));
        }
        int width = loss.kind() == Kind.ROW
                ? loss.predicted().get(0).length()
                : loss.predicted().size();
        double[] predicted =
                random.doubles(width).map(u -> (float) (16 * u - 8)).toArray();
        double[] given = loss.given().stream().mapToDouble(this::given).toArray();
        return new Point(predicted, given);
    }

    private double given(Input input) {
        double low = Math.max(input.min(), -2);
        double high =
                Math.min(input.max(), Math.max(low + 1, loss.predicted().get(0).length() + 1));
        double number = switch (random.nextInt(4)) {
            case 0 -> low;
            case 1 -> high;
            default -> low + random.nextDouble() * (high - low);
        };
        return input.integer() ? Math.rint(number) : (float) number;
    }

    private double[] box(double scale) {
        float x = (float) (random.nextDouble() * scale);
        float y = (float) (random.nextDouble() * scale);
        float width = (float) ((0.05 + random.nextDouble()) * scale);
        float height = (float) ((0.05 + random.nextDouble()) * scale);
        return new double[] {x, y, x + width, y + height};
    }

    private double[] rotated(double scale) {
        double[] box = box(scale);
        float angle = (float) ((random.nextDouble() - 0.5) * Math.PI);
        return new double[] {box[0], box[1], (float) (box[2] - box[0]), (float) (box[3] - box[1]), angle};
    }

    private static List<double[]> singles() {
        List<double[]> singles = new ArrayList<>();
        for (double logit : LOGITS) {
            singles.add(new double[] {(float) logit});
        }
        return singles;
    }

    private List<double[]> rows() {
        int length = loss.predicted().get(0).length();
        List<double[]> rows = new ArrayList<>();
        for (double logit : LOGITS) {
            double[] first = new double[length];
            double[] last = new double[length];
            double[] alternating = new double[length];
            first[0] = (float) logit;
            last[length - 1] = (float) logit;
            for (int i = 0; i < length; i++) {
                alternating[i] = (float) (i % 2 == 0 ? logit : -logit);
            }
            rows.add(first);
            rows.add(last);
            rows.add(alternating);
        }
        return rows;
    }

    private List<double[]> corners(int width) {
        List<double[]> corners = new ArrayList<>();
        for (double a : COORDINATES) {
            for (double b : COORDINATES) {
                double[] numbers = new double[width];
                for (int i = 0; i < width; i++) {
                    numbers[i] = (float) (i < width / 2 ? a : b);
                }
                corners.add(numbers);
            }
        }
        return corners;
    }
}
