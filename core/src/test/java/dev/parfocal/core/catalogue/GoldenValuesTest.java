package dev.parfocal.core.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.check.Answer;
import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The stable form in double against values recorded from torch, torchvision and mpmath. */
class GoldenValuesTest {

    static List<String> names() {
        return Catalogue.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void agreesWithIndependentSources(String name) {
        List<Golden> records = Golden.of(name);
        assertThat(records).hasSizeGreaterThan(40);
        Map<Loss, Oracle> oracles = new HashMap<>();
        for (Golden golden : records) {
            Oracle oracle = oracles.computeIfAbsent(golden.loss(), loss -> new Oracle(loss.program()));
            Answer answer = oracle.at(golden.predicted(), golden.given());
            double relative = golden.origin().equals("mpmath") ? 1e-12 : 1e-9;
            check(golden + " value", answer.value(), golden.value(), relative);
            double size = 0;
            for (double gradient : golden.gradient()) {
                size = Math.max(size, Math.abs(gradient));
            }
            for (int i = 0; i < golden.gradient().length; i++) {
                assertThat(answer.gradient()[i])
                        .as("%s gradient %d", golden, i)
                        .isCloseTo(golden.gradient()[i], within(relative * size + 1e-15 * Math.abs(golden.value())));
            }
        }
    }

    private static void check(String what, double found, double expected, double relative) {
        assertThat(found).as(what).isCloseTo(expected, within(relative * Math.abs(expected) + 1e-300));
    }
}
