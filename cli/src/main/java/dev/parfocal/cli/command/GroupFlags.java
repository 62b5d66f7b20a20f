package dev.parfocal.cli.command;

import dev.parfocal.cli.csv.CsvTable;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.fold.Groups;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which images belong together. */
final class GroupFlags {

    @Option(
            names = "--group-pattern",
            paramLabel = "REGEX",
            description = "Images whose file names agree in what its first parenthesis finds stay in one fold.")
    private @Nullable String pattern;

    @Option(
            names = "--groups",
            paramLabel = "FILE",
            description = "A CSV file with the columns image and group: images of one group stay in one fold.")
    private @Nullable Path table;

    /**
     * The name of each sample's group.
     *
     * @throws ParfocalException if both are given, or one of them cannot be used
     */
    Function<Sample, String> groups() throws IOException {
        if (pattern != null && table != null) {
            throw new ParfocalException("--group-pattern and --groups: give one of them");
        }
        if (pattern != null) {
            return Groups.byFileName(compiled(pattern));
        }
        return table == null ? Groups.none() : Groups.byTable(read(table), table.toString());
    }

    private static Pattern compiled(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new ParfocalException(
                    "--group-pattern " + regex + ": not a regular expression: " + e.getDescription(), e);
        }
    }

    private static Map<String, String> read(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            CsvTable csv = CsvTable.read(bytes, file.toString());
            int image = csv.columns().indexOf("image");
            int group = csv.columns().indexOf("group");
            if (image < 0 || group < 0) {
                throw new ParfocalException(
                        file + ": needs the columns image and group, but has " + String.join(", ", csv.columns()));
            }
            Map<String, String> groups = new HashMap<>();
            for (CsvTable.Row row : csv.rows()) {
                List<String> cells = row.cells();
                groups.put(String.valueOf(Path.of(cells.get(image)).getFileName()), cells.get(group));
            }
            return groups;
        }
    }
}
