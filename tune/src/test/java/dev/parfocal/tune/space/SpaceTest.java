package dev.parfocal.tune.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.language.Numbers;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTest {

    private static final Function<String, Limits> LIMITS =
            name -> LossLimits.of(Catalogue.get("varifocal")).getOrDefault(name, Limits.NONE);

    private static Space space(String text) {
        return SearchText.parse(text, LIMITS);
    }

    static Stream<Domain> domains() {
        return Stream.of(
                new Real(-2, 3, Scale.LINEAR),
                new Real(1e-5, 1, Scale.LOG),
                new Whole(-1, 5, Scale.LINEAR),
                new Whole(1, 64, Scale.LOG),
                new Choice(List.of("a", "b", "c")));
    }

    @ParameterizedTest
    @MethodSource("domains")
    void placeAndTextGiveTheValueBack(Domain domain) {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1000; i++) {
            double place = i == 0 ? 0 : i == 1 ? 1 : random.nextDouble();
            double value = domain.fromUnit(place);
            assertThat(domain.contains(value)).isTrue();
            assertThat(domain.fromUnit(domain.toUnit(value))).isCloseTo(value, within(1e-12));
            assertThat(domain.parsed(domain.shown(value))).isEqualTo(value);
            if (domain.size() == 0) {
                assertThat(domain.toUnit(value)).isCloseTo(place, within(1e-12));
            }
        }
    }

    @Test
    void evenPlacesGiveEvenCounts() {
        int[] counts = new int[6];
        Whole whole = new Whole(0, 5, Scale.LINEAR);
        for (int i = 0; i < 6000; i++) {
            counts[(int) whole.fromUnit((i + 0.5) / 6000)]++;
        }

        assertThat(counts).containsOnly(1000);
    }

    /** On a log scale an octave is as likely as the next one. */
    @Test
    void logScaleSharesOctaves() {
        Real real = new Real(1, 4, Scale.LOG);

        assertThat(real.fromUnit(0.5)).isCloseTo(2, within(1e-12));
    }

    @Test
    void theIssuesExampleReadsFromTheLosssOwnText() {
        Space space = space("gamma,alpha,box.weight in [0.5,5] log,lr in [1e-4, 0.1] log");

        assertThat(space)
                .hasToString("gamma in [0, 5], alpha in [0, 1], box.weight in [0.5, 5] log, lr in [1.0E-4, 0.1] log"
                        .replace("1.0E-4", Numbers.shown(1e-4)));
    }

    @Test
    void conditionsSwitchVariablesOnAndOff() {
        Space space = space(
                "kind in {sgd, adam, none}, momentum in [0, 0.9] if kind = sgd, beta in [0.8, 1] if kind in {sgd, adam}");
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            Point point = space.fromUnit(random.doubles(3).toArray());
            String kind = space.shown(point).get("kind");

            assertThat(point.has("momentum")).isEqualTo("sgd".equals(kind));
            assertThat(point.has("beta")).isEqualTo(!"none".equals(kind));
            assertThat(space.contains(point)).isTrue();
            assertThat(space.parsed(space.shown(point))).isEqualTo(point);
        }
    }

    @Test
    void whatASpaceSaysReadsBack() {
        Space space = space("kind in {a, b}, n in [1, 9] log int if kind = a, lr in [0.001, 0.1] log");

        assertThat(space(space.toString())).isEqualTo(space);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gamma in [0, 9]             | leaves the range of gamma, which is [0, 5]",
                "gamma in [-1, 2]            | leaves the range of gamma",
                "gamma,gamma                 | gamma is searched twice",
                "lr                          | say in which range",
                "lr in [0, 1] log            | must start above 0",
                "lr in [1, 1]                | no range to search",
                "lr in [a, 1]                | a range is two numbers",
                "lr in [1]                   | a range is two numbers",
                "lr from 0 to 1              | a variable is written as",
                "n in [0.5, 2] int           | whole numbers",
                "n in [0, 5000000000] int    | whole numbers",
                "k in {a}                    | two or more different options",
                "x in [0, 1] if k = a        | must stand before it",
                "k in {a,b}, x in [0,1] if k = c | has no option c",
                "''                          | a variable is written as"
            })
    void mistakesAreOneClearLine(String text, String message) {
        assertThatThrownBy(() -> space(text))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining(message.strip())
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aPointOfAnotherSpaceIsRefused() {
        Space space = space("gamma");

        assertThatThrownBy(() -> space.parsed(Map.of("gamma", "7"))).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> space.parsed(Map.of("alpha", "0"))).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> space.parsed(Map.of())).isInstanceOf(ParfocalException.class);
    }
}
