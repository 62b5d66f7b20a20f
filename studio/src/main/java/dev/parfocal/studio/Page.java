package dev.parfocal.studio;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The files of the page: a fixed table, so that no path leads anywhere else. */
final class Page {

    private static final Map<String, String> FILES = Map.of(
            "/", "index.html",
            "/studio.css", "studio.css",
            "/studio.js", "studio.js",
            "/editor.js", "editor.js",
            "/plot.js", "plot.js",
            "/boxes.js", "boxes.js",
            "/rows.js", "rows.js");

    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html; charset=utf-8",
            "css",
            "text/css; charset=utf-8",
            "js",
            "text/javascript; charset=utf-8");

    private Page() {}

    /** A file and its media type. */
    record Asset(byte[] bytes, String type) {}

    static Optional<Asset> at(String path) throws IOException {
        String name = FILES.get(path);
        if (name == null) {
            return Optional.empty();
        }
        try (InputStream in = Page.class.getResourceAsStream("page/" + name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource page/" + name);
            }
            String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "text/plain");
            return Optional.of(new Asset(in.readAllBytes(), type));
        }
    }
}
