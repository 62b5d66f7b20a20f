package dev.parfocal.cli.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A CSV file in memory: UTF-8, separated by commas, cells quoted where needed (RFC 4180), the first line naming the columns.
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
     * Reads a table; a byte order mark, blank lines and either kind of line end are understood.
     *
     * @throws ParfocalException with file and line, if it has no first line, names a column twice, a row is longer or
     *     shorter than the first, or a quote is never closed
     */
    public static CsvTable read(InputStream stream, String origin) {
        List<CsvRecord> records = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .detectBomHeader(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(stream, StandardCharsets.UTF_8)) {
            reader.forEach(records::add);
        } catch (CsvParseException e) {
            throw new ParfocalException(origin + ": not well-formed CSV: " + cause(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return of(records, origin);
    }

    private static CsvTable of(List<CsvRecord> records, String origin) {
        if (records.isEmpty()) {
            throw new ParfocalException(origin + " is empty: its first line must name the columns");
        }
        List<String> columns =
                records.get(0).getFields().stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (String column : columns) {
            if (!seen.add(column)) {
                throw new ParfocalException(origin + ": column '" + column + "' stands there twice");
            }
        }
        List<Row> rows = new ArrayList<>();
        for (CsvRecord record : records.subList(1, records.size())) {
            if (record.getFieldCount() != columns.size()) {
                throw new ParfocalException(origin + ", line " + record.getStartingLineNumber() + ": "
                        + record.getFieldCount() + " cells, but the first line names " + columns.size() + " columns");
            }
            rows.add(new Row(record.getStartingLineNumber(), record.getFields()));
        }
        return new CsvTable(origin, columns, rows);
    }

    private static String cause(Throwable exception) {
        Throwable cause = exception.getCause();
        return String.valueOf(cause == null ? exception.getMessage() : cause.getMessage());
    }

    /** Writes the table with further columns to the right of its own, one cell for each row. */
    public void write(OutputStream stream, List<Column> added) throws IOException {
        Writer text = new OutputStreamWriter(stream, StandardCharsets.UTF_8);
        CsvWriter writer = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text);
        List<String> names = new ArrayList<>(columns);
        added.forEach(column -> names.add(column.name()));
        writer.writeRecord(names);
        for (int row = 0; row < rows.size(); row++) {
            List<String> cells = new ArrayList<>(rows.get(row).cells());
            for (Column column : added) {
                cells.add(column.cells().get(row));
            }
            writer.writeRecord(cells);
        }
        writer.flush();
        text.flush();
    }

    /** A column of its own: a name, and a cell for each row of the table that it is added to. */
    public record Column(String name, List<String> cells) {
        public Column {
            cells = List.copyOf(cells);
        }
    }
}
