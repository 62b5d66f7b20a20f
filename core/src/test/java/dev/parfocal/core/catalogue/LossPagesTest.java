package dev.parfocal.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages in docs/losses are what the catalogue generates; with -Ddocs.write=true it writes them. */
class LossPagesTest {

    private static final Path FOLDER = Path.of("../docs/losses");
    private static final String COMMAND = "mvn -pl core test -Dtest=LossPagesTest -Ddocs.write=true";

    @Test
    void areUpToDate() throws IOException {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("README.md", LossPage.index(Catalogue.byGroup()));
        Catalogue.all().forEach(loss -> pages.put(loss.name() + ".md", LossPage.of(loss)));
        if (Boolean.getBoolean("docs.write")) {
            write(pages);
        }
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Path file = FOLDER.resolve(page.getKey());
            assertThat(file).as("written by: " + COMMAND).exists();
            assertThat(Files.readString(file))
                    .as(page.getKey() + " is stale; write it anew: " + COMMAND)
                    .isEqualTo(page.getValue());
        }
        try (var files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(pages.keySet());
        }
    }

    private static void write(Map<String, String> pages) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
        }
    }

    @Test
    void sayAllThatTheTextSays() {
        String page = LossPage.of(Catalogue.get("distribution_focal"));
        assertThat(page)
                .startsWith("# distribution_focal\n\nDistribution focal loss: ")
                .contains("| s, a row of 17 | predicted | any number |")
                .contains("| bins | 17 | [2, 1024] integer | number of bins: regMax + 1 |")
                .contains("- The sum over a batch is divided by the sum of the positives' qualities, at least 1.")
                .contains("d/d log_softmax(s, i) = ")
                .contains("- Li and others: Generalized Focal Loss, NeurIPS 2020, eq. 6. arXiv 2006.04388.");
    }

    @Test
    void aLossThatSaysNothingOfItselfStillHasAPage() {
        assertThat(LossPage.of(Loss.parse("loss bare(x; t)\n(x - t)^2"))).contains("## Gradient", "d/d x = ");
        assertThat(LossPage.index(Map.of(Group.COUNTS, List.of(Loss.parse("loss bare(x; t)\n(x - t)^2")))))
                .contains("| [bare](bare.md) | pointwise |");
    }
}
