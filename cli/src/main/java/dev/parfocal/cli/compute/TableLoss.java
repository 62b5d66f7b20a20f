package dev.parfocal.cli.compute;

import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.cli.csv.CsvTable.Column;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Evaluates a loss on rows of tables that have the same columns: no weights, no normaliser, the loss itself. */
public final class TableLoss {

    private static final String VALUE = "value";

    private final LossColumns columns;
    private final boolean floats;
    private final Evaluation evaluation;

    /** Values and gradients of the rows of a table, as text. */
    private interface Evaluation {
        List<Column> of(Numbers numbers);
    }

    /**
     * Numbers of a table.
     *
     * @param predicted {@code [rows, predicted]}
     * @param given {@code [rows, given]}
     * @param classes the class of each row; all 0 where no parameter differs from class to class
     */
    private record Numbers(double[] predicted, double[] given, int[] classes) {

        int rows() {
            return classes.length;
        }

        /** The places of the rows of each class. */
        Map<Integer, List<Integer>> byClass() {
            Map<Integer, List<Integer>> places = new LinkedHashMap<>();
            for (int row = 0; row < classes.length; row++) {
                places.computeIfAbsent(classes[row], number -> new ArrayList<>())
                        .add(row);
            }
            return places;
        }

        /** Some of the rows. */
        Numbers only(List<Integer> places) {
            return new Numbers(chosen(predicted, places), chosen(given, places), new int[places.size()]);
        }

        private double[] chosen(double[] table, List<Integer> places) {
            int width = table.length / classes.length;
            double[] some = new double[places.size() * width];
            for (int i = 0; i < places.size(); i++) {
                System.arraycopy(table, places.get(i) * width, some, i * width, width);
            }
            return some;
        }
    }

    private TableLoss(LossColumns columns, Backend backend) {
        this.columns = columns;
        floats = backend != Backend.REFERENCE;
        evaluation = floats ? inFloat(backend) : inDouble();
    }

    /**
     * Prepares to evaluate a loss on tables with the columns of this one.
     *
     * @throws ParfocalException if columns are missing, or are called as a result is
     */
    public static TableLoss of(CsvTable head, Loss loss, Backend backend) {
        LossColumns columns = LossColumns.among(head.columns(), loss);
        columns.checkPresent(head);
        columns.checkFree(head);
        return new TableLoss(columns, backend);
    }

    /** The names of the columns that a result has: {@code value} and one gradient for each predicted number. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(VALUE));
        names.addAll(columns.gradients());
        return names;
    }

    /**
     * The columns of {@link #names()}. Their numbers read back exactly: as float32, for the reference as float64.
     *
     * @throws ParfocalException if a cell does not hold a number that the loss takes; it names file, line and column
     */
    public List<Column> columns(CsvTable table) {
        Cells cells = new Cells(table, floats);
        double[] given = cells.numbers(columns.given(), columns);
        int[] classes = new int[table.rows().size()];
        if (columns.readsClass()) {
            double[] numbers = cells.numbers(List.of(LossColumns.CLASS), columns);
            Arrays.setAll(classes, row -> (int) numbers[row]);
        } else if (!columns.loss().perClass().isEmpty()) {
            int width = columns.given().size();
            int place = columns.given()
                    .indexOf(columns.loss().classInput().orElseThrow().name());
            Arrays.setAll(classes, row -> (int) given[row * width + place]);
        }
        return evaluation.of(new Numbers(cells.numbers(columns.predicted(), columns), given, classes));
    }

    private Evaluation inDouble() {
        Map<Integer, DoubleLoss> losses = new HashMap<>();
        int width = columns.predicted().size();
        int givens = columns.given().size();
        return numbers -> {
            List<DoubleLoss.Point> points = IntStream.range(0, numbers.rows())
                    .mapToObj(row -> losses.computeIfAbsent(
                                    numbers.classes[row],
                                    number -> new DoubleLoss(columns.loss().ofClass(number)))
                            .at(
                                    Arrays.copyOfRange(numbers.predicted, row * width, (row + 1) * width),
                                    Arrays.copyOfRange(numbers.given, row * givens, (row + 1) * givens)))
                    .toList();
            return output(
                    numbers.rows(),
                    row -> Double.toString(points.get(row).value()),
                    (row, i) -> Double.toString(points.get(row).gradient()[i]));
        };
    }

    private Evaluation inFloat(Backend backend) {
        int width = columns.predicted().size();
        int threads = Runtime.getRuntime().availableProcessors();
        Map<Integer, LossFunction> functions = new HashMap<>();
        return numbers -> {
            float[] values = new float[numbers.rows()];
            float[] gradient = new float[numbers.predicted.length];
            numbers.byClass().forEach((number, places) -> {
                float[] own = new float[places.size()];
                float[] slopes = new float[places.size() * width];
                functions
                        .computeIfAbsent(
                                number, c -> LossFunction.of(columns.loss().ofClass(c), backend, threads))
                        .evaluate(
                                batch(numbers.only(places)),
                                Options.of(Normalizer.none()).withValues(Floats.of(own)),
                                Floats.of(slopes));
                for (int i = 0; i < own.length; i++) {
                    values[places.get(i)] = own[i];
                    System.arraycopy(slopes, i * width, gradient, places.get(i) * width, width);
                }
            });
            return output(
                    numbers.rows(),
                    row -> Float.toString(values[row]),
                    (row, i) -> Float.toString(gradient[row * width + i]));
        };
    }

    private Batch batch(Numbers numbers) {
        Floats logits = floats(numbers.predicted);
        return switch (columns.loss().kind()) {
            case POINTWISE -> new Batch.Dense(logits, numbers.rows(), 1, givenColumns(numbers));
            case ROW -> Batch.Rows.of(columns.loss(), logits, numbers.rows(), narrow(numbers.given));
            case BOX -> new Batch.Boxes(logits, floats(numbers.given), numbers.rows());
        };
    }

    private List<Floats> givenColumns(Numbers numbers) {
        int width = columns.given().size();
        return IntStream.range(0, width)
                .mapToObj(i -> floats(IntStream.range(0, numbers.rows())
                        .mapToDouble(row -> numbers.given[row * width + i])
                        .toArray()))
                .toList();
    }

    private static Floats floats(double[] numbers) {
        return Floats.of(narrow(numbers));
    }

    private static float[] narrow(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return narrow;
    }

    private List<Column> output(int rows, IntFunction<String> value, Gradient gradient) {
        List<Column> output = new ArrayList<>();
        output.add(new Column(VALUE, IntStream.range(0, rows).mapToObj(value).toList()));
        List<String> names = columns.gradients();
        for (int i = 0; i < names.size(); i++) {
            int place = i;
            List<String> cells = IntStream.range(0, rows)
                    .mapToObj(row -> gradient.cell(row, place))
                    .toList();
            output.add(new Column(names.get(i), cells));
        }
        return output;
    }

    /** The text of the gradient of a row with respect to one of its predicted numbers. */
    private interface Gradient {
        String cell(int row, int predicted);
    }
}
