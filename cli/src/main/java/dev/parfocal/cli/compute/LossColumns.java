package dev.parfocal.cli.compute;

import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns that a loss reads from a table, by name.
 *
 * @param loss the loss; one for rows of any length has the length that the table has
 * @param predicted one name per predicted number: {@code logit} · {@code s0, s1 …} · {@code x1, y1, x2, y2}
 * @param given one name per given input
 */
public record LossColumns(Loss loss, List<String> predicted, List<String> given) {

    /** The column that says of which class a logit is, for parameters that differ from class to class. */
    static final String CLASS = "class";

    /** The columns of the loss among those of a table. */
    static LossColumns among(List<String> columns, Loss loss) {
        Input first = loss.predicted().get(0);
        Loss sized = first.isRow() ? loss.withRowLength(rowLength(columns, first)) : loss;
        return of(sized);
    }

    /** The columns of a loss whose rows have the length that it says. */
    public static LossColumns of(Loss loss) {
        Input first = loss.predicted().get(0);
        List<String> predicted = first.isRow()
                ? IntStream.range(0, first.length())
                        .mapToObj(bin -> first.name() + bin)
                        .toList()
                : loss.predicted().stream().map(Input::name).toList();
        return new LossColumns(
                loss, predicted, loss.given().stream().map(Input::name).toList());
    }

    private static int rowLength(List<String> columns, Input row) {
        int length = 0;
        while (columns.contains(row.name() + length)) {
            length++;
        }
        return length > 0 ? length : row.length();
    }

    /** The names of the columns that hold the gradient. */
    public List<String> gradients() {
        if (loss.kind() == Kind.POINTWISE) {
            return List.of("gradient");
        }
        return predicted.stream().map(name -> "g_" + name).toList();
    }

    /** Refuses a table that has columns of the names that the results get. */
    void checkFree(CsvTable table) {
        List<String> results = new ArrayList<>(gradients());
        results.add("value");
        results.retainAll(table.columns());
        if (!results.isEmpty()) {
            throw new ParfocalException(table.origin() + ": has a column '" + results.get(0)
                    + "' already, which is what the result is called; rename it or take it out");
        }
    }

    /** The numbers that a column may hold; those of a row are its logits. */
    Input input(String column) {
        if (isClass(column)) {
            return new Input(CLASS, 0, Double.POSITIVE_INFINITY, true, 0);
        }
        int place = given.indexOf(column);
        if (place >= 0) {
            return loss.given().get(place);
        }
        List<Input> inputs = loss.predicted();
        return inputs.size() == 1 ? inputs.get(0) : inputs.get(predicted.indexOf(column));
    }

    /** Whether the class of each row is read from a column of its own. */
    boolean readsClass() {
        return loss.kind() == Kind.POINTWISE && !loss.perClass().isEmpty();
    }

    private boolean isClass(String column) {
        return readsClass() && column.equals(CLASS) && !given.contains(column) && !predicted.contains(column);
    }

    /** Refuses a table that lacks a column; names what it lacks, and what may have been meant. */
    void checkPresent(CsvTable table) {
        List<String> missing = new ArrayList<>(predicted);
        missing.addAll(given);
        if (readsClass()) {
            missing.add(CLASS);
        }
        List<String> others = new ArrayList<>(table.columns());
        others.removeAll(missing);
        missing.removeAll(table.columns());
        if (!missing.isEmpty()) {
            String near = missing.size() == 1 ? Names.suggestion(missing.get(0), others) : "";
            String hint = near.isEmpty() ? "; it has " + String.join(", ", table.columns()) : near;
            throw new ParfocalException(table.origin() + ": no column '" + String.join("', '", missing) + "'" + hint);
        }
    }
}
