package dev.parfocal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutFolderTest {

    @TempDir
    private Path folder;

    private Path data;
    private Path out;

    @BeforeEach
    void makeData() throws IOException {
        data = Files.createDirectories(folder.resolve("data"));
        out = folder.resolve("runs/a");
    }

    private void refused(OutFolder kind, Path where, String message) {
        assertThatThrownBy(() -> kind.require(where, data))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theDataSetsFolderIsNotWrittenTo() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), data);

        for (Path inside : List.of(data, link, data.resolve("runs/a"), folder.resolve("runs/../data"))) {
            refused(OutFolder.RUN, inside, "lies in the data set's folder " + data);
        }
        OutFolder.RUN.require(folder.resolve("database"), data);
    }

    @Test
    void aFolderOfAnotherKindIsRefused() throws IOException {
        Files.createDirectories(out.resolve("runs"));

        refused(OutFolder.RUN, out, "holds a comparison: name another folder for a run");
        refused(OutFolder.SEARCH, out, "holds a comparison: name another folder for a search");
        OutFolder.COMPARISON.require(out, data);
        assertThatThrownBy(() -> OutFolder.requireNone(out)).hasMessageContaining("holds a comparison");
    }

    @Test
    void aFolderOfTheUsersFilesIsRefused() throws IOException {
        Files.createDirectories(out);
        Files.createFile(out.resolve(".lock"));
        Files.createFile(out.resolve("command.txt"));
        OutFolder.RUN.require(out, data);
        Files.createFile(out.resolve("report.html"));

        refused(OutFolder.RUN, out, "has files already (report.html …)");
        refused(OutFolder.RUN, out.resolve("report.html"), "is a file: name a folder");
    }

    @Test
    void aRefusedStartLeavesNothing() throws IOException {
        FolderLock.Work<Integer> refused = () -> {
            throw new ParfocalException("no");
        };

        assertThatThrownBy(() -> OutFolder.RUN.holding(out, data, refused)).hasMessage("no");
        assertThat(folder.resolve("runs")).doesNotExist();
        Files.createDirectories(out);
        assertThatThrownBy(() -> OutFolder.RUN.holding(out, data, refused)).hasMessage("no");
        assertThat(out).isDirectory();
        FolderLock.Work<Integer> begun = () -> {
            Files.createFile(out.resolve("categories.json"));
            throw new ParfocalException("later");
        };
        assertThatThrownBy(() -> OutFolder.RUN.holding(out, data, begun)).hasMessage("later");
        assertThat(out.resolve("categories.json")).exists();
    }

    @Test
    void twoAtATimeAreOneTooMany() throws IOException {
        int done = OutFolder.RUN.holding(out, data, () -> {
            assertThatThrownBy(() -> OutFolder.RUN.holding(out, data, () -> 1))
                    .isInstanceOf(ParfocalException.class)
                    .hasMessageStartingWith("another process works in " + out);
            return 7;
        });

        assertThat(done).isEqualTo(7);
    }
}
