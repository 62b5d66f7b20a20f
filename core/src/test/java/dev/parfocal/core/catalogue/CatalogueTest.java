package dev.parfocal.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.check.LossCheck;
import dev.parfocal.core.check.LossReport;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss of the catalogue must keep. A loss that is listed is tested here without further ado. */
class CatalogueTest {

    private static final Path FILES = Path.of("src/main/resources/dev/parfocal/core/catalogue");

    static List<Loss> losses() {
        return Catalogue.all();
    }

    @Test
    void listsEveryFileOfTheFolder() throws IOException {
        try (var files = Files.list(FILES)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".loss"))
                    .map(name -> name.replace(".loss", ""))
                    .toList();
            assertThat(Catalogue.names()).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void isDocumented(Loss loss) {
        assertThat(Catalogue.names()).contains(loss.name());
        assertThat(loss.summary()).endsWith(".").hasSizeBetween(30, 120);
        assertThat(loss.paper()).isNotEmpty().allMatch(paper -> paper.matches(".*\\d{4}.*"));
        assertThat(loss.notes()).isNotEmpty();
        assertThat(loss.examples()).isNotEmpty();
        assertThat(loss.parameters()).extracting(Parameter::meaning).allMatch(meaning -> meaning.length() > 10);
        if (loss.kind() == Kind.BOX) {
            assertThat(loss.examples())
                    .as("its value for empty boxes")
                    .anyMatch(example -> example.meaning().contains("empty"));
        }
    }

    @ParameterizedTest
    @MethodSource("losses")
    void passesEveryCheck(Loss loss) {
        LossReport report = LossCheck.run(loss);
        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    @Test
    void anUnknownNameIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> Catalogue.get("varifokal"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("there is no loss 'varifokal'; did you mean 'varifocal'?");
        assertThatThrownBy(() -> Catalogue.get("hinge"))
                .hasMessageStartingWith("there is no loss 'hinge'; the catalogue has bce, focal, varifocal");
    }
}
