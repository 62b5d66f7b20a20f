package dev.parfocal.core.accuracy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.derive.DerivativeTable;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.rewrite.Domain;
import dev.parfocal.core.rewrite.Rule;
import dev.parfocal.core.rewrite.RuleTable;
import dev.parfocal.core.rewrite.StableForms;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stable programs in double against the textbook formulas in many digits. */
class DoubleAccuracyTest {

    private static final double[] EXPONENTS = {0, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 5};
    private static final double[] TARGETS = {0, 1, 0.1, 0.999};
    private static final double[] LOGITS = DoubleStream.of(0, 1e-9, 0.3, 1, 2.7, 7, 16.6, 17, 30, 87, 117)
            .flatMap(x -> DoubleStream.of(x, -x))
            .toArray();
    private static final Map<String, Domain> DOMAINS = Map.of("target", new Domain(0, 1));

    /** Errors are in units of 2^-52 of the result, or of the larger term where the result is a difference. */
    @ParameterizedTest
    @CsvSource({"bce, '', 2", "focal, gamma, 8", "varifocal, gamma, 8", "quality_focal, beta, 8"})
    void agreesWithTheTextbookInManyDigits(String name, String exponent, double units) {
        Loss loss = Catalogue.get(name);
        for (double power : exponent.isEmpty() ? new double[] {0} : EXPONENTS) {
            Loss at = exponent.isEmpty() ? loss : loss.with(exponent, power);
            Worst worst = worst(at.textbook().program(), at.program());
            assertThat(worst.units())
                    .as("%s %s=%s: %s", name, exponent, power, worst)
                    .isLessThan(units);
        }
    }

    @Test
    void noticesAnUnstableRule() {
        Rule unstable = Rule.unary(
                "planted: log sigmoid(x) = log(1 - sigmoid(-x))",
                Op.LOG,
                (s, a) -> a.op() == Op.SIGMOID
                        ? s.raw(Op.LOG, s.raw(Op.SUBTRACT, s.number(1), s.raw(Op.SIGMOID, s.negate(a.operand(0)))))
                        : null);
        assertThat(worstOfFocal(RuleTable.STANDARD.with(unstable), DerivativeTable.STANDARD)
                        .units())
                .isGreaterThan(1e6);
    }

    @Test
    void noticesAWrongDerivative() {
        DerivativeTable wrong = DerivativeTable.STANDARD.with(Op.SOFTPLUS, (t, n, w) -> t.times(w, n));
        assertThat(worstOfFocal(RuleTable.STANDARD, wrong).units()).isGreaterThan(1e6);
    }

    private static Worst worstOfFocal(RuleTable rules, DerivativeTable derivatives) {
        ScalarProgram textbook = Catalogue.get("focal").textbook().program();
        return worst(textbook, new StableForms(rules, derivatives).stable(textbook, Map.of(), DOMAINS));
    }

    private record Worst(double units, String where) {}

    private static Worst worst(ScalarProgram textbook, ScalarProgram stable) {
        Oracle oracle = new Oracle(textbook);
        Doubles doubles = new Doubles(stable);
        LargerTerm value = new LargerTerm(stable, stable.value());
        LargerTerm gradient = new LargerTerm(stable, stable.gradients().get(0));
        Worst worst = new Worst(0, "nowhere");
        for (double target : TARGETS) {
            for (double logit : LOGITS) {
                Map<String, Double> given = new LinkedHashMap<>(Map.of("target", target));
                Dual exact = oracle.at(logit, given);
                doubles.run(logit, given);
                String where = "at logit " + logit + ", target " + target;
                List<Worst> here = List.of(
                        judged(doubles.value(), exact.value().toDouble(), value.of(doubles), "value " + where),
                        judged(
                                doubles.gradient(),
                                exact.slope().toDouble(),
                                gradient.of(doubles),
                                "gradient " + where));
                for (Worst one : here) {
                    worst = one.units() > worst.units() || Double.isNaN(one.units()) ? one : worst;
                }
            }
        }
        return worst;
    }

    private static Worst judged(double got, double exact, double size, String where) {
        double scale = Math.max(Math.max(Math.abs(exact), size), Double.MIN_NORMAL);
        return new Worst(Math.abs(got - exact) / scale * 0x1p52, where + ": " + got + " for " + exact);
    }
}
