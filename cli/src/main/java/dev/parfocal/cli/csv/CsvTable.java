package dev.parfocal.cli.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A CSV file, or some rows of it, in memory: UTF-8, separated by commas, cells quoted where needed (RFC 4180), the first line naming the columns.
 *
 * @param origin what errors call it
 * @param columns the names, each once, without surrounding blanks
 * @param rows the lines after the first, empty ones left out; each as long as {@code columns}
 */
public record CsvTable(String origin, List<String> columns, List<Row> rows) {

    /** One row, and the line of the file that it starts on, from 1. */
    public record Row(long line, List<String> cells) {
        public Row {
            cells = List.copyOf(cells);
        }
    }

    public CsvTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a whole table, as {@link CsvBlocks} does.
     *
     * @throws ParfocalException with file and line, if it has no first line, names a column twice, a row is longer or
     *     shorter than the first, or a quote is never closed
     */
    public static CsvTable read(InputStream stream, String origin) {
        try (CsvBlocks blocks = CsvBlocks.open(stream, origin)) {
            return blocks.next(Integer.MAX_VALUE).orElseGet(blocks::head);
        }
    }

    /** Writes the whole table. */
    public void write(OutputStream stream) throws IOException {
        Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        writeNames(text, List.of());
        writeRows(text, List.of());
        text.flush();
    }

    /** Writes the first line: the columns, and those that are added to the right of them. */
    public void writeNames(Writer text, List<String> added) {
        List<String> names = new ArrayList<>(columns);
        names.addAll(added);
        writer(text).writeRecord(names);
    }

    /** Writes the rows with further columns to the right of their own, one cell for each row. */
    public void writeRows(Writer text, List<Column> added) {
        CsvWriter writer = writer(text);
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>(rows.get(row).cells());
            for (Column column : added) {
                cells.add(column.cells().get(row));
            }
            writer.writeRecord(cells);
        }
    }

    private static CsvWriter writer(Writer text) {
        return CsvWriter.builder().bufferSize(0).lineDelimiter(LineDelimiter.LF).build(text);
    }

    /** A column of its own: a name, and a cell for each row of the table that it is added to. */
    public record Column(String name, List<String> cells) {
        public Column {
            cells = List.copyOf(cells);
        }
    }
}
