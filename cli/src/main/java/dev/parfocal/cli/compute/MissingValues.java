package dev.parfocal.cli.compute;

import dev.parfocal.cli.csv.CsvTable;
import java.util.Optional;

/** Counts the rows whose value does not exist. */
public final class MissingValues {

    private static final String NONE = "NaN";

    private long count;
    private long first;

    /** Looks at the values of a block of rows. */
    public void count(CsvTable table, CsvTable.Column values) {
        for (int row = 0; row < values.cells().size(); row++) {
            if (values.cells().get(row).equals(NONE)) {
                first = count++ == 0 ? table.rows().get(row).line() : first;
            }
        }
    }

    /** How many there were, and where the first was; empty if there were none. */
    public Optional<String> note() {
        return count == 0
                ? Optional.empty()
                : Optional.of(count + (count == 1 ? " row has" : " rows have")
                        + " no value, written as NaN (first: line " + first + ")");
    }
}
