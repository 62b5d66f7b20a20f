package dev.parfocal.cli.compute;

import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Input;
import java.util.List;
import java.util.Locale;

/** Numbers read from the cells of a table, each checked against what its input may be. */
final class Cells {

    private final CsvTable table;
    private final boolean floats;

    /** Cells of a table; {@code floats} if they must fit into float32. */
    Cells(CsvTable table, boolean floats) {
        this.table = table;
        this.floats = floats;
    }

    /** The numbers of some columns, row by row: {@code [rows, columns]}. */
    double[] numbers(List<String> names, LossColumns columns) {
        int[] places = names.stream().mapToInt(table.columns()::indexOf).toArray();
        List<Input> inputs = names.stream().map(columns::input).toList();
        double[] numbers = new double[table.rows().size() * names.size()];
        int next = 0;
        for (CsvTable.Row row : table.rows()) {
            for (int i = 0; i < places.length; i++) {
                numbers[next++] = number(row, places[i], inputs.get(i));
            }
        }
        return numbers;
    }

    private double number(CsvTable.Row row, int column, Input input) {
        String cell = row.cells().get(column).strip();
        double number = parse(cell, row, column);
        if (Double.isNaN(number)) {
            throw refused(row, column, "NaN is not a number that a loss can be computed of; leave the row out");
        }
        if (!input.isRow() && !input.accepts(number)) {
            throw refused(row, column, cell + " is outside " + input.range());
        }
        if (floats && Float.isInfinite((float) number) && !Double.isInfinite(number)) {
            throw refused(row, column, cell + " is too large for float32; --backend reference computes in double");
        }
        return number;
    }

    private double parse(String cell, CsvTable.Row row, int column) {
        String word = cell.toLowerCase(Locale.ROOT);
        return switch (word) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "" -> throw refused(row, column, "the cell is empty");
            default -> {
                try {
                    yield Numbers.parse(word);
                } catch (ParfocalException e) {
                    throw refused(row, column, String.valueOf(e.getMessage()));
                }
            }
        };
    }

    private ParfocalException refused(CsvTable.Row row, int column, String why) {
        return new ParfocalException(table.origin() + ", line " + row.line() + ", column '"
                + table.columns().get(column) + "': " + why);
    }
}
