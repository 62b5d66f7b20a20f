package dev.parfocal.cli.csv;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.BrokenCsv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A CSV file read block by block, so that a file of any length takes the memory of a block. A byte order mark, blank lines and
 * either kind of line end are understood.
 */
public final class CsvBlocks implements AutoCloseable {

    /** Other separators that programs write. */
    private static final String SEPARATORS = ";\t|";

    private final String origin;
    private final CloseableIterator<CsvRecord> records;
    private final List<String> columns;

    private CsvBlocks(InputStream stream, String origin) throws IOException {
        this.origin = origin;
        records = CsvReader.builder()
                .detectBomHeader(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(stream, StandardCharsets.UTF_8)
                .iterator();
        columns = columns();
    }

    /**
     * Opens a file and reads its first line.
     *
     * @param origin what errors call it
     * @throws ParfocalException if it has no first line, or that names a column twice or separates its cells by something else
     */
    public static CsvBlocks open(InputStream stream, String origin) {
        try {
            return new CsvBlocks(stream, origin);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> columns() {
        Optional<CsvRecord> first = read();
        if (first.isEmpty()) {
            throw new ParfocalException(origin + " is empty: its first line must name the columns");
        }
        List<String> names = first.get().getFields().stream().map(String::strip).toList();
        if (names.size() == 1) {
            refuseOtherSeparators(names.get(0));
        }
        Set<String> seen = new HashSet<>();
        for (String name : names) {
            if (!seen.add(name)) {
                throw new ParfocalException(origin + ": column '" + name + "' stands there twice");
            }
        }
        return names;
    }

    private void refuseOtherSeparators(String line) {
        for (char separator : SEPARATORS.toCharArray()) {
            if (line.indexOf(separator) >= 0) {
                String shown = separator == '\t' ? "a tab" : "'" + separator + "'";
                throw new ParfocalException(
                        origin + ": cells are separated by commas here, not by " + shown + "; save it with commas");
            }
        }
    }

    /** The next record; empty at the end. */
    private Optional<CsvRecord> read() {
        try {
            return records.hasNext() ? Optional.of(records.next()) : Optional.empty();
        } catch (CsvParseException e) {
            throw BrokenCsv.error(origin, e);
        }
    }

    /**
     * The next rows, at most as many as are asked for; empty at the end.
     *
     * @throws ParfocalException with file and line, if a row is longer or shorter than the first line, or a quote is never
     *     closed
     */
    public Optional<CsvTable> next(int most) {
        List<CsvTable.Row> rows = new ArrayList<>();
        while (rows.size() < most) {
            Optional<CsvRecord> record = read();
            if (record.isEmpty()) {
                break;
            }
            rows.add(row(record.get()));
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new CsvTable(origin, columns, rows));
    }

    private CsvTable.Row row(CsvRecord record) {
        int count = record.getFieldCount();
        String where = origin + ", line " + record.getStartingLineNumber() + ": ";
        if (count < columns.size() && record.getField(count - 1).indexOf('\n') >= 0) {
            throw new ParfocalException(where + "a quote that begins here is never closed");
        }
        if (count != columns.size()) {
            throw new ParfocalException(where + count + (count == 1 ? " cell" : " cells")
                    + ", but the first line names " + columns.size() + (columns.size() == 1 ? " column" : " columns"));
        }
        return new CsvTable.Row(record.getStartingLineNumber(), record.getFields());
    }

    /** The table without rows: the names of the columns. */
    public CsvTable head() {
        return new CsvTable(origin, columns, List.of());
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
