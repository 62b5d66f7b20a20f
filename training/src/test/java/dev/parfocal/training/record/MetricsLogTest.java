package dev.parfocal.training.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    private static final String FIRST =
            "{\"step\":1,\"losses\":{\"box\":0.5}}\n{\"step\":1,\"evaluation\":{\"AP/grün\":0.25}}\n";
    private static final String SECOND = "{\"step\":2,\"losses\":{\"box\":0.25},\"classes\":{\"grün\":1}}\n";

    @TempDir
    private Path folder = Path.of("");

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("metrics.jsonl"), bytes);
    }

    /** A kill may tear the last line anywhere, also behind a bracket and within a letter. */
    @Test
    void aLineTornAnywhereIsDroppedAndTheRestKept() throws IOException {
        byte[] whole = (FIRST + SECOND).getBytes(StandardCharsets.UTF_8);
        int start = FIRST.getBytes(StandardCharsets.UTF_8).length;
        for (int length = start; length < whole.length - 1; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            try (MetricsLog log = new MetricsLog(file, 2)) {
                log.append(Map.of("step", 2));
            }
            assertThat(file).content().as("%d bytes", length).isEqualTo(FIRST + "{\"step\":2}\n");
            assertThat(folder.toFile().list()).containsExactly("metrics.jsonl");
        }
    }

    @Test
    void whatWasRecordedOfLaterStepsIsDropped() throws IOException {
        Path file = file((FIRST + SECOND).getBytes(StandardCharsets.UTF_8));
        try (MetricsLog log = new MetricsLog(file, 1)) {
            assertThat(log.isEvaluated(1)).isTrue();
            assertThat(log.isEvaluated(2)).isFalse();
        }
        assertThat(file).content().isEqualTo(FIRST);
    }

    @Test
    void aRecordIsReadUpToATornLine() throws IOException {
        String torn = SECOND.substring(0, SECOND.indexOf('}') + 1);
        Path file = file((FIRST + torn).getBytes(StandardCharsets.UTF_8));
        assertThat(RunRecord.read(file).evaluations()).containsExactly(Map.of("AP/grün", 0.25));
    }
}
