package dev.parfocal.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a process's figures through the result file to the page. */
class ReportTest {

    @TempDir
    Path directory;

    @Test
    void aTargetReachedATargetMissedAndADisagreement() throws IOException {
        Path file = directory.resolve("results.jsonl");
        Results.append(
                file,
                List.of(
                        row("tuned", Case.FOCAL_SPARSE, "parfocal vector", 1, "float[]", 5.2, 7),
                        row("tuned", Case.FOCAL_SPARSE, "parfocal vector", 2, "float[]", 2.6, 7),
                        row("default", Case.FOCAL_SPARSE, "parfocal vector", 2, "float[]", 2.5, 7),
                        row("tuned", Case.FOCAL_SPARSE, "copy of the logits", 2, "float[]", 1, 0),
                        row("tuned", Case.FOCAL_SPARSE, "libtorch eager", 2, "tensor", 52, 7.0001),
                        row("default", Case.FOCAL_SPARSE, "libtorch eager", 2, "tensor", 300, 7)));
        Results.append(file, List.of(row("tuned", Case.DFL, "parfocal vector", 2, "direct", 1, 3)));
        Results.append(file, List.of(hungry("parfocal vector", "direct"), hungry("parfocal vector", "tensor")));
        Results.append(file, List.of(row("tuned", Case.DFL, "libtorch eager", 2, "tensor", 4, 5)));
        Results.append(file, new FirstCalls("vector", 2, 8, 40, 10, 12, 4));
        Results.append(file, Machine.now("libtorch, tuned", "libtorch 0.0", 0.25));
        String page = Report.of(Results.read(file));
        assertThat(page)
                .contains(
                        "| copy of the logits, 2 threads, float[], tuned | 2.60 | 1.00 | ≤ 2.5 × | 2.6 × | **missed** |")
                .contains("| libtorch eager, 2 threads, tensor, tuned | 2.60 | 52.0 | ≥ 15 × faster | 20 × | reached |")
                .contains("| vector, 2 threads | 8.00 | 40.0 | 10.0 | 12.0 | 4.00 | 10 × |")
                .contains("| libtorch, default | libtorch eager, 2 threads, tensor | 300 |")
                .contains("load 0.3 →")
                .contains("The values disagree. Ours: 3.0; libtorch eager: 5.0")
                .containsOnlyOnce("The values disagree")
                .containsOnlyOnce("**More than 1 MB of heap per call**")
                .contains("too long: libtorch, default: parfocal vector, 1 thread, direct\n")
                .doesNotContain("### giou");
    }

    @Test
    void contestantsInTurnsAreTimedAndTheirMemoryCounted() {
        int[] calls = {0, 0};
        float[][] kept = new float[1][];
        Race race = new Race(0, 0, 3, true);
        List<Row> rows = race.run(
                "process",
                "default",
                Case.IOU,
                List.of(
                        new Contestant("idle", 1, "float[]", () -> calls[0]++),
                        new Contestant("greedy", 1, "float[]", () -> {
                            kept[0] = new float[1 << 20];
                            return calls[1]++;
                        })));
        assertThat(rows).extracting(Row::rounds).containsExactly(3, 3);
        assertThat(calls[0]).isEqualTo(calls[1]);
        assertThat(rows.get(0).allocated()).isLessThan(1 << 20);
        assertThat(rows.get(1).allocated()).isGreaterThanOrEqualTo(4 << 20);
        assertThat(rows).allMatch(row -> row.best() <= row.median());
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetween() {
        assertThat(Timing.median(new double[] {9, 4, 1, 3}, 1, 4)).isEqualTo(3);
        assertThat(Timing.median(new double[] {9, 4, 1, 3}, 0, 4)).isEqualTo(3.5);
    }

    private static Row hungry(String name, String memory) {
        return new Row("libtorch", "default", Case.CIOU, name, 1, memory, 9, 9, 9, 9 << 20, -1, 1);
    }

    private static Row row(
            String allocator, Case subject, String name, int threads, String memory, double median, double value) {
        return new Row("libtorch", allocator, subject, name, threads, memory, median, median, 9, 0, -1, value);
    }
}
