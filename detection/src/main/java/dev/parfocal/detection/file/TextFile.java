package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Text files as editors on any system write them: UTF-8, or UTF-16 with its byte order mark; marks are no content. */
public final class TextFile {

    private TextFile() {}

    /**
     * The file's text.
     *
     * @throws ParfocalException when it is in another encoding, or cannot be read
     */
    public static String read(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw FileErrors.unreadable(file, e);
        }
        Charset charset = charset(bytes);
        String text;
        try {
            text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new ParfocalException(file + ": this is not a UTF-8 text file; save it as UTF-8", e);
        }
        if (text.indexOf('\0') >= 0) {
            throw new ParfocalException(
                    file + ": this is not a UTF-8 text file (it has zero bytes, as UTF-16 has); save it as UTF-8");
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Charset charset(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF;
        return switch (first) {
            case 0xFEFF -> StandardCharsets.UTF_16BE;
            case 0xFFFE -> StandardCharsets.UTF_16LE;
            default -> StandardCharsets.UTF_8;
        };
    }

    /** The file's lines, stripped; the first is at index 0. */
    public static List<String> lines(Path file) {
        return read(file).lines().map(String::strip).toList();
    }

    /**
     * A number as annotation tools write it, NaN and infinity included.
     *
     * @throws NumberFormatException if it is none
     */
    public static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan" -> Double.NaN;
            case "inf", "+inf", "infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> decimal(text);
        };
    }

    /** Java reads "1f" and "0x1p3" too; no annotation tool writes them. */
    private static double decimal(String text) {
        if (!text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
            throw new NumberFormatException(text);
        }
        return Double.parseDouble(text);
    }
}
