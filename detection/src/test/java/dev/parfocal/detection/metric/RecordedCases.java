package dev.parfocal.detection.metric;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Archives of recorded cases, each a folder of its own. */
final class RecordedCases {

    private RecordedCases() {}

    /** Unpacks an archive that lies beside this class; the cases' folders by name. */
    static Map<String, Path> unpack(String archive, Path folder) throws IOException {
        Map<String, Path> cases = new TreeMap<>();
        try (InputStream bytes = RecordedCases.class.getResourceAsStream(archive);
                ZipInputStream entries = new ZipInputStream(bytes)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                Files.write(file, entries.readAllBytes());
                cases.put(file.getParent().getFileName().toString(), file.getParent());
            }
        }
        return cases;
    }
}
