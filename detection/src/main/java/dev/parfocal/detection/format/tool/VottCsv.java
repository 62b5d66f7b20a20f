package dev.parfocal.detection.format.tool;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.file.BrokenCsv;
import dev.parfocal.detection.file.TextFile;
import dev.parfocal.detection.format.raw.ImageSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** VoTT's CSV: an object a line, {@code image, xmin, ymin, xmax, ymax, label}; images without objects are not in it. */
final class VottCsv {

    private static final List<String> COLUMNS = List.of("image", "xmin", "ymin", "xmax", "ymax", "label");

    private VottCsv() {}

    /** Whether the first line names VoTT's columns. */
    static boolean recognises(Path file) {
        try {
            return records(file)
                    .findFirst()
                    .filter(row -> row.getFields().equals(COLUMNS))
                    .isPresent();
        } catch (CsvParseException | ParfocalException e) {
            return false;
        }
    }

    static void read(ToolFile source, ToolRecords records) {
        Map<String, List<ToolObject>> byImage = new LinkedHashMap<>();
        List<CsvRecord> rows = rows(source.file());
        for (CsvRecord row : rows.subList(1, rows.size())) {
            String where = "line " + row.getStartingLineNumber();
            if (row.getFieldCount() != COLUMNS.size()) {
                throw error(source, where, row.getFieldCount() + " cells, where there are " + COLUMNS.size());
            }
            double[] sides = new double[4];
            for (int i = 0; i < sides.length; i++) {
                sides[i] = number(source, where, COLUMNS.get(i + 1), row.getField(i + 1));
            }
            byImage.computeIfAbsent(row.getField(0), unknown -> new ArrayList<>())
                    .add(new ToolObject(where, new Box(sides[0], sides[1], sides[2], sides[3]), row.getField(5)));
        }
        ImageSearch search = new ImageSearch(source.roots());
        byImage.forEach((name, objects) -> records.add(new ToolImage(
                source.name(), Optional.empty(), search.find(name).file(), 0, 0, source.split(), objects)));
    }

    private static double number(ToolFile source, String where, String column, String text) {
        try {
            return TextFile.number(text.strip());
        } catch (NumberFormatException e) {
            throw error(source, where, column + " must be a number, not '" + text + "'");
        }
    }

    private static ParfocalException error(ToolFile source, String where, String message) {
        return new ParfocalException(source.file() + ": " + where + ": " + message);
    }

    private static List<CsvRecord> rows(Path file) {
        try {
            return records(file).toList();
        } catch (CsvParseException e) {
            throw BrokenCsv.error(file.toString(), e);
        }
    }

    private static Stream<CsvRecord> records(Path file) {
        return CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(TextFile.read(file))
                .stream();
    }
}
