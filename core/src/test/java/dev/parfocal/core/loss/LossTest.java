package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.language.NormalizeBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A loss is a value. */
class LossTest {

    private final Loss focal = Catalogue.get("focal");

    @Test
    void equalityIsByTextAndParameters() {
        assertThat(Loss.parse(focal.text(), "elsewhere")).isEqualTo(focal).hasSameHashCodeAs(focal);
        assertThat(focal.with("gamma", 1.5)).isNotEqualTo(focal).isEqualTo(focal.with("gamma", 1.5));
        assertThat(focal.with("gamma", 1.5).with("gamma", 2)).isEqualTo(focal);
        assertThat(Loss.parse(focal.text() + "\n")).isNotEqualTo(focal);
        assertThat(focal.with("gamma", 1.5)).hasToString("focal(alpha = 0.25, gamma = 1.5)");
    }

    @Test
    void parametersAreCheckedAgainstTheirRanges() {
        assertThat(focal.with("gamma", 5).parameter("gamma")).isEqualTo(5);
        assertThat(focal.parameter("gamma")).isEqualTo(2);
        refused("gamma", 5.5, "focal: gamma = 5.5 is outside its range [0, 5]");
        refused("gamma", -1e-9, "focal: gamma = -1e-9 is outside its range [0, 5]");
        refused("gamma", Double.NaN, "focal: gamma = NaN is outside its range [0, 5]");
        refused("gama", 1, "focal has no parameter 'gama'; did you mean 'gamma'?");
        refused("temperature", 1, "focal has no parameter 'temperature'; it has alpha, gamma");
        assertThatThrownBy(() -> Catalogue.get("bce").with("gamma", 1))
                .hasMessage("bce has no parameter 'gamma'; it has none");
        assertThatThrownBy(() -> Catalogue.get("distribution_focal").with("bins", 4.5))
                .hasMessage("distribution_focal: bins = 4.5 must be a whole number");
    }

    private void refused(String name, double value, String message) {
        assertThatThrownBy(() -> focal.with(name, value))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(message);
    }

    @Test
    void inputsHaveTheirRanges() {
        assertThat(focal.kind()).isEqualTo(Kind.POINTWISE);
        assertThat(focal.predicted().get(0).range()).isEqualTo("any number");
        assertThat(focal.given()).containsExactly(new Input("target", 0, 1, false, 0));
        assertThat(Catalogue.get("varifocal_detached").given().get(1).range()).isEqualTo("{0, 1}");
        Input label = Catalogue.get("softmax_focal").withRowLength(5).given().get(0);
        assertThat(label.range()).isEqualTo("[0, 4] integer");
        assertThat(label.accepts(4)).isTrue();
        assertThat(label.accepts(5)).isFalse();
        assertThat(label.accepts(1.5)).isFalse();
        assertThat(label.accepts(Double.NaN)).isFalse();
    }

    @Test
    void rowsHaveTheLengthThatTheirUserWants() {
        Loss distribution = Catalogue.get("distribution_focal");
        assertThat(distribution.kind()).isEqualTo(Kind.ROW);
        assertThat(distribution.predicted()).extracting(Input::length).containsExactly(17);
        assertThat(distribution.withRowLength(33).predicted().get(0).length()).isEqualTo(33);
        assertThatThrownBy(() -> focal.withRowLength(3)).hasMessageStartingWith("focal takes no rows, not rows of 3");
        assertThatThrownBy(() ->
                        Loss.parse("loss f(s[9]; y)\ny * log_softmax(s, 0)").withRowLength(3))
                .hasMessage(
                        "f takes rows of 9, not rows of 3; a loss for any length is declared with a parameter: s[bins]");
    }

    @Test
    void theRecipeSaysHowItIsTrained() {
        Recipe recipe = Catalogue.get("distribution_focal").recipe();
        assertThat(recipe.normalizer()).isEqualTo(NormalizeBy.QUALITY);
        assertThat(recipe.prior()).isEmpty();
        assertThat(recipe.weight()).isEqualTo(0.25);
        assertThat(focal.recipe().prior()).hasValue(0.01);
    }

    @Test
    void freeParametersStayArguments() {
        assertThat(focal.program().arguments()).isEmpty();
        assertThat(focal.program(Set.of("gamma")).arguments())
                .extracting(Node::name)
                .containsExactly("gamma");
        assertThatThrownBy(() -> focal.program(Set.of("beta"))).hasMessageContaining("no parameter 'beta'");
    }

    @Test
    void theTextbookProgramIsWhatIsWritten() {
        var written = Walk.reachable(focal.textbook().program().outputs());
        assertThat(written).anyMatch(node -> node.op() == Op.LOG).noneMatch(node -> node.op() == Op.SOFTPLUS);
        assertThat(Walk.reachable(focal.program().outputs())).noneMatch(node -> node.op() == Op.LOG);
    }

    @Test
    void theDerivedGradientIsReadable() {
        assertThat(Catalogue.get("bce").gradientText())
                .containsExactly(
                        "p = sigmoid(logit)",
                        "a = sigmoid(-logit)",
                        "d/d logit = target == 0 ? p : target == 1 ? -a : p * (1 - target) - target * a");
    }

    @Test
    void filesThatAreNoTextAreRefused(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.loss");
        assertThatThrownBy(() -> Loss.read(missing))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(missing + " does not exist");
        assertThatThrownBy(() -> Loss.read(folder)).hasMessage(folder + " is a directory; name a .loss file in it");
        Path latin = Files.write(folder.resolve("latin.loss"), new byte[] {'#', (byte) 0xe4, '\n'});
        assertThatThrownBy(() -> Loss.read(latin)).hasMessage(latin + " is not UTF-8 text; save it as UTF-8");
        Path binary = Files.write(folder.resolve("binary.loss"), new byte[] {'l', 0, 1});
        assertThatThrownBy(() -> Loss.read(binary))
                .hasMessageContaining("control character 0x00: is this a binary file?");
        Path huge = Files.write(folder.resolve("huge.loss"), new byte[1 << 20]);
        assertThatThrownBy(() -> Loss.read(huge))
                .hasMessage(huge + " is larger than 262144 bytes: this is no .loss file");
        Path good = Files.writeString(folder.resolve("focal.loss"), focal.text());
        assertThat(Loss.read(good)).isEqualTo(focal);
    }
}
