package dev.parfocal.detection.draw;

import java.awt.geom.Path2D;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Reads the pen strokes of the characters; the file {@code strokes.txt} explains its notation. */
final class Strokes {

    private static final Path2D UNKNOWN = path("00-40-46-06-00");
    private static final Map<Integer, Path2D> PATHS = load();

    private Strokes() {}

    static Path2D of(int character) {
        return PATHS.getOrDefault(character, UNKNOWN);
    }

    private static Map<Integer, Path2D> load() {
        Map<Integer, Path2D> paths = new HashMap<>();
        paths.put((int) ' ', new Path2D.Double());
        try (InputStream input = Objects.requireNonNull(Strokes.class.getResourceAsStream("strokes.txt"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            // A comment is a # followed by words; the character # is followed by digits.
            reader.lines()
                    .filter(line -> line.matches(". \\d.*"))
                    .forEach(line -> paths.put((int) line.charAt(0), path(line.substring(2))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return paths;
    }

    private static Path2D path(String strokes) {
        Path2D path = new Path2D.Double();
        for (String stroke : strokes.split(" ")) {
            add(path, stroke);
        }
        return path;
    }

    /** Adds a chain of lines and, at points with a ~, quadratic curves. */
    private static void add(Path2D path, String stroke) {
        String[] points = stroke.replace("~", "~-").replace("--", "-").split("-");
        double x = x(points[0]);
        double y = y(points[0]);
        path.moveTo(x, y);
        if (points.length == 1) {
            path.lineTo(x, y);
        }
        for (int i = 1; i < points.length; i++) {
            double nextX = x(points[i]);
            double nextY = y(points[i]);
            if (points[i].endsWith("~") && i + 1 < points.length) {
                boolean next = points[i + 1].endsWith("~") && i + 2 < points.length;
                double endX = next ? (nextX + x(points[i + 1])) / 2 : x(points[i + 1]);
                double endY = next ? (nextY + y(points[i + 1])) / 2 : y(points[i + 1]);
                path.quadTo(nextX, nextY, endX, endY);
                i += next ? 0 : 1;
            } else {
                path.lineTo(nextX, nextY);
            }
        }
    }

    private static double x(String point) {
        return point.charAt(0) - '0';
    }

    private static double y(String point) {
        return point.charAt(1) - '0';
    }
}
