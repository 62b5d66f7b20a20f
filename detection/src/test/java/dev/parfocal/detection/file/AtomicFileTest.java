package dev.parfocal.detection.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    private Path folder;

    private void write(Path file, String text) {
        AtomicFile.write(file, output -> output.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aFileIsWrittenAndReplacedAndItsFolderMade() throws IOException {
        Path file = folder.resolve("new").resolve("a.json");
        write(file, "first");
        write(file, "second");
        assertThat(Files.readString(file)).isEqualTo("second");
        assertThat(file.getParent().toFile().list()).containsExactly("a.json");
    }

    @Test
    void aWriteThatFailsHalfwayKeepsTheOldFileAndLeavesNothingElse() throws IOException {
        Path file = folder.resolve("a.json");
        write(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, output -> {
                    output.write(new byte[1 << 20]);
                    throw new IOException("No space left on device");
                }))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(file + ": cannot write this file: No space left on device");
        assertThatThrownBy(() -> AtomicFile.write(file, output -> {
                    output.write(new byte[1 << 20]);
                    throw new IllegalStateException("a mistake in the writer");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(Files.readString(file)).isEqualTo("old");
        assertThat(folder.toFile().list()).containsExactly("a.json");
    }

    @Test
    void aWriterThatFailsOnALabelLeavesTheOldDetections() throws IOException {
        Path file = folder.resolve("dt.json");
        write(file, "[]");
        List<Detection> wrong = List.of(new Detection(1, 5, new Box(0, 0, 1, 1), 0.5));
        Dataset data = new Dataset("one", List.of(new Category(1, "cat")), List.of(), Map.of());
        assertThatThrownBy(() -> CocoDetections.write(file, wrong, data)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(Files.readString(file)).isEqualTo("[]");
        assertThat(folder.toFile().list()).containsExactly("dt.json");
    }

    @Test
    void whatCannotBeWrittenSaysWhy() {
        Path file = folder.resolve("a.json");
        write(file, "old");
        Path below = file.resolve("b.json");
        assertThatThrownBy(() -> write(below, "new"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(below + ": cannot write this file: " + file + " is a file, not a folder");
        assertThatThrownBy(() -> write(folder, "new"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageStartingWith(folder + ": cannot write this file: ");
    }
}
