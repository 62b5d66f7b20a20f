package dev.parfocal.detection.format.tool;

import dev.parfocal.detection.format.raw.ImageSearch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Finds the image that a tool means by an address of its own. */
record ImageAddress(List<Path> roots) {

    private static final Pattern SCHEME = Pattern.compile("^[a-z0-9]+://[^/]*");

    /** Label Studio puts eight digits before the names of uploaded files. */
    private static final Pattern UPLOADED = Pattern.compile("(?<=/)[0-9a-f]{8}-(?=[^/]+$)");

    /**
     * The image's file, or where it should be when it is nowhere.
     *
     * @param address {@code /data/upload/1/3f0c2a91-a.jpg}, {@code /data/local-files/?d=set/a.jpg}, {@code s3://bucket/set/a.jpg}
     */
    Path find(String address) {
        String path = path(address);
        ImageSearch search = new ImageSearch(roots);
        Path file = search.find(path).file();
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path original = search.find(UPLOADED.matcher(path).replaceFirst("")).file();
        return Files.isRegularFile(original)
                ? original
                : roots.get(0).resolve(path.substring(path.lastIndexOf('/') + 1));
    }

    /** The path in an address, beginning with a slash. */
    private static String path(String address) {
        int local = address.indexOf("?d=");
        String path = local >= 0
                ? address.substring(local + "?d=".length())
                : SCHEME.matcher(address).replaceFirst("").replaceFirst("\\?.*$", "");
        String plain = decoded(path).replace('\\', '/').replace("\0", "");
        return plain.startsWith("/") ? plain : "/" + plain;
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return path;
        }
    }
}
