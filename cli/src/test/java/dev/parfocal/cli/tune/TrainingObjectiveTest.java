package dev.parfocal.cli.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingObjectiveTest {

    @TempDir
    private Path folder = Path.of("");

    /** /dev/full refuses every byte, as a full disk does. */
    @Test
    void aFullDiskIsNotTheTrialsFault() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.isWritable(full));
        Files.createSymbolicLink(folder.resolve("checkpoint.tmp"), full);

        Throwable thrown = catchThrowable(() -> AtomicFile.write(folder.resolve("checkpoint"), new byte[100]));

        assertThat(thrown).isInstanceOf(ParfocalException.class).hasMessageContaining("make room");
        assertThat(TrainingObjective.isFullDisk(thrown)).isTrue();
        assertThat(TrainingObjective.isFullDisk(new ParfocalException("no space left for a NaN")))
                .isFalse();
    }
}
