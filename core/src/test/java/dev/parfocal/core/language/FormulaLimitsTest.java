package dev.parfocal.core.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text is too deep or too long for a clear error. */
class FormulaLimitsTest {

    private static final String HEAD = "loss f(logit; target in [0, 1])\n";

    @Test
    void nestingHasALimit() {
        List<String> deep = List.of(
                "(".repeat(10_000) + "logit" + ")".repeat(10_000),
                "- ".repeat(10_000) + "logit",
                "not ".repeat(10_000) + "logit",
                "2 ^ ".repeat(10_000) + "logit",
                "abs(".repeat(10_000) + "logit" + ")".repeat(10_000),
                "target > 0 ? ".repeat(4_000) + "logit");
        for (String formula : deep) {
            assertThatThrownBy(() -> Formula.parse(HEAD + formula, "deep"))
                    .isInstanceOf(FormulaException.class)
                    .hasMessageContaining("the formula nests deeper than 200 levels; give parts of it names");
        }
    }

    @Test
    void nestingWithinTheLimitWorks() {
        Formula formula = Formula.parse(HEAD + "(".repeat(190) + "logit * target" + ")".repeat(190), "nested");
        assertThat(formula.graph().size()).isLessThan(10);
    }

    @Test
    void longChainsWorkOrSayThatTheyAreTooLarge() {
        assertThat(Formula.parse(HEAD + "target * logit" + " + logit".repeat(900), "chain")
                        .value())
                .isNotNull();
        assertThatThrownBy(() -> Formula.parse(HEAD + "target * logit" + "+logit".repeat(10_000), "chain"))
                .hasMessageStartingWith(
                        "chain:2:1: the formula is too large: more than 2000 different sub-expressions");
    }

    @Test
    void longChainsOfNamesWorkOrSayThatTheyAreTooLarge() {
        String lines = IntStream.range(1, 3_000)
                .mapToObj(i -> "a" + i + "=a" + (i - 1) + "+logit\n")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> Formula.parse(HEAD + "a0=target\n" + lines + "a2999", "chain"))
                .hasMessageContaining("the formula is too large");
    }

    @Test
    void aLongCycleIsFound() {
        String lines = IntStream.range(0, 50)
                .mapToObj(i -> "a" + i + "=a" + (i + 1) % 50 + "\n")
                .collect(Collectors.joining());
        assertThatThrownBy(() -> Formula.parse(HEAD + lines + "a0 * logit * target", "cycle"))
                .hasMessageStartingWith("cycle:2:4: 'a0' and 'a1' are defined by each other: a cycle");
    }

    @ParameterizedTest
    @ValueSource(ints = {70_000, 3_000_000})
    void hugeTextsAreRefused(int length) {
        assertThatThrownBy(() -> Formula.parse(HEAD + "x".repeat(length), "huge"))
                .hasMessageContaining("the text is longer than 65536 characters: is this a loss?");
    }
}
