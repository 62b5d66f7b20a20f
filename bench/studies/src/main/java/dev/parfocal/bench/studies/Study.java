package dev.parfocal.bench.studies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Two configurations that differ in one technique.
 *
 * @param section of the page
 * @param title what differs
 * @param without name of the configuration to compare with
 * @param with name of the configuration that has the technique
 */
record Study(String section, String title, String without, String with) {

    private static final int COLUMNS = 4;

    /** Reads a file of tab-separated lines: section, title, without, with. */
    static List<Study> read(Path file) throws IOException {
        List<Study> studies = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] cells = line.split("\t", -1);
            if (cells.length != COLUMNS) {
                throw new IOException(file + ": a line has section, title, without and with, not '" + line + "'");
            }
            studies.add(new Study(cells[0], cells[1], cells[2], cells[3]));
        }
        return studies;
    }
}
