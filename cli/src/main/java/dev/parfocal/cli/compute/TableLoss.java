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
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Evaluates a loss on every row of a table: no weights, no normaliser, the loss itself. */
public final class TableLoss {

    private final LossColumns columns;
    private final double[] predicted;
    private final double[] given;
    private final int rows;

    private TableLoss(CsvTable table, LossColumns columns, boolean floats) {
        this.columns = columns;
        Cells cells = new Cells(table, floats);
        predicted = cells.numbers(columns.predicted(), columns);
        given = cells.numbers(columns.given(), columns);
        rows = table.rows().size();
    }

    /**
     * The columns {@code value} and one gradient for each predicted number. Their numbers read back exactly: as float32,
     * for the reference as float64.
     *
     * @throws ParfocalException if columns are missing, or a cell does not hold a number that the loss takes; it names file,
     *     line and column
     */
    public static List<Column> columns(CsvTable table, Loss loss, Backend backend) {
        boolean floats = backend != Backend.REFERENCE;
        LossColumns columns = LossColumns.among(table.columns(), loss);
        columns.checkPresent(table);
        columns.checkFree(table);
        TableLoss work = new TableLoss(table, columns, floats);
        return floats ? work.inFloat(backend) : work.inDouble();
    }

    private List<Column> inDouble() {
        DoubleLoss loss = new DoubleLoss(columns.loss());
        int width = columns.predicted().size();
        int givens = columns.given().size();
        List<DoubleLoss.Point> points = IntStream.range(0, rows)
                .mapToObj(row -> loss.at(
                        Arrays.copyOfRange(predicted, row * width, (row + 1) * width),
                        Arrays.copyOfRange(given, row * givens, (row + 1) * givens)))
                .toList();
        return output(
                row -> Double.toString(points.get(row).value()),
                (row, i) -> Double.toString(points.get(row).gradient()[i]));
    }

    private List<Column> inFloat(Backend backend) {
        float[] values = new float[rows];
        float[] gradient = new float[predicted.length];
        if (rows > 0) {
            int threads = Runtime.getRuntime().availableProcessors();
            Options options = Options.of(Normalizer.none()).withValues(Floats.of(values));
            LossFunction.of(columns.loss(), backend, threads).evaluate(batch(), options, Floats.of(gradient));
        }
        int width = columns.predicted().size();
        return output(row -> Float.toString(values[row]), (row, i) -> Float.toString(gradient[row * width + i]));
    }

    private Batch batch() {
        Floats logits = floats(predicted);
        int width = columns.predicted().size();
        return switch (columns.loss().kind()) {
            case POINTWISE -> new Batch.Dense(logits, rows, 1, givenColumns());
            case ROW -> new Batch.Rows(logits, rows, width, givenColumns());
            case BOX -> new Batch.Boxes(logits, floats(given), rows);
        };
    }

    private List<Floats> givenColumns() {
        int width = columns.given().size();
        return IntStream.range(0, width)
                .mapToObj(i -> floats(IntStream.range(0, rows)
                        .mapToDouble(row -> given[row * width + i])
                        .toArray()))
                .toList();
    }

    private static Floats floats(double[] numbers) {
        float[] narrow = new float[numbers.length];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = (float) numbers[i];
        }
        return Floats.of(narrow);
    }

    private List<Column> output(IntFunction<String> value, Gradient gradient) {
        List<Column> output = new ArrayList<>();
        output.add(new Column("value", IntStream.range(0, rows).mapToObj(value).toList()));
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
