package dev.parfocal.detection.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import dev.parfocal.core.ParfocalException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is wrong with a CSV file. The parser says the line in one message and the reason in its cause's. */
public final class BrokenCsv {

    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    private BrokenCsv() {}

    /** The error that names the file, the line and the reason. */
    public static ParfocalException error(String origin, CsvParseException thrown) {
        Matcher line = LINE.matcher(String.valueOf(thrown.getMessage()));
        String number = line.find() ? line.group(1) : "1";
        Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
        return new ParfocalException(
                origin + ", line " + number + ": not well-formed CSV: " + cause.getMessage(), thrown);
    }
}
