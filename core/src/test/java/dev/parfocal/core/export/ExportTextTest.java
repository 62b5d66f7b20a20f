package dev.parfocal.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The text of exports: golden where it was looked at and compiled, and what must hold of all. */
class ExportTextTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/parfocal/core/export");

    private record Export(String loss, Target target) {
        String file() {
            return loss + target.suffix();
        }
    }

    static Stream<Export> golden() {
        return Stream.of("bce", "distribution_focal", "iou", "slide")
                .flatMap(loss -> Stream.of(Target.values()).map(target -> new Export(loss, target)))
                .filter(export -> !(export.loss().equals("slide") && export.target() == Target.CUDA));
    }

    /** Write the files anew with -Dparfocal.golden=write, then look at them and run scripts/export-check.sh. */
    @ParameterizedTest
    @MethodSource("golden")
    void isTheTextThatWasChecked(Export export) throws IOException {
        String text = export.target().text(Catalogue.get(export.loss()), "golden");
        Path file = GOLDEN.resolve(export.file());
        if ("write".equals(System.getProperty("parfocal.golden"))) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }

    static List<Loss> losses() {
        return Catalogue.all();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void saysWhereItComesFrom(Loss loss) {
        for (Target target : Target.values()) {
            boolean statesInCuda = target == Target.CUDA && !loss.states().isEmpty();
            if (statesInCuda || target != Target.PYTORCH && loss.takesDivergences()) {
                continue;
            }
            String text = target.text(loss, "1.2.3");
            assertThat(Target.isExport(text.lines().findFirst().orElseThrow())).isTrue();
            assertThat(text).contains("The loss " + loss.name() + ", exported by Parfocal 1.2.3.");
            loss.text().strip().lines().forEach(line -> assertThat(text).contains(line));
            loss.parameters().forEach(parameter -> assertThat(text).contains(parameter.name() + " = "));
        }
    }

    @Test
    void divergencesBetweenRowsGoToPytorchAlone() {
        assertThat(Target.PYTORCH.text(Catalogue.get("ddf"), "test"))
                .contains("def _element(s, t, quality_):", "= _kl_divergence(t, s, 5)");
        assertThatThrownBy(() -> Target.C.text(Catalogue.get("ddf"), "test"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("ddf takes a divergence between rows, which --to c cannot hold; --to pytorch can");
        Loss smoothed = Catalogue.get("softmax_cross_entropy").with("smoothing", 0.1);
        assertThat(Target.PYTORCH.text(smoothed, "test")).contains("= _kl_divergence(torch.zeros_like(s), s, 1)");
        assertThat(Target.C.text(Catalogue.get("softmax_cross_entropy"), "test"))
                .isNotEmpty();
    }

    @Test
    void namesThatMeanSomethingElsewhereAreChanged() {
        Loss loss = Loss.parse("loss double(lambda; int in [0, 1])\n"
                + "register = sigmoid(lambda)\n"
                + "for = int - register\n"
                + "for^2 + register^2");
        assertThat(Target.C.text(loss, "test"))
                .contains(
                        "float parfocal_double(float lambda, float int_, float weight, float scale, float *gradient)");
        assertThat(Target.PYTORCH.text(loss, "test")).contains("def _element(lambda_, int_):");
    }

    @Test
    void aTextCannotEndItsComment() {
        Loss loss = Loss.parse("# A comment's end: \"\"\" */ \\\nloss tricky(x; t)\n(x - t)^2");
        assertThat(Target.C.text(loss, "test")).contains("//     # A comment's end: \"\"\" */ \\ .\n");
        assertThat(Target.PYTORCH.text(loss, "test")).contains("\"\"\"A comment's end: \\\"\\\"\\\" */ \\\\\n");
    }
}
