package dev.parfocal.core.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What binds how, what the declarations mean, and that formulas print as text that reads back as the same. */
class FormulaParserTest {

    private static final String HEAD = "loss f(x, y; t, u)\nmay be negative\n";
    private static final String USED = " + 0 * (x + y + t + u)";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-x^2               | -(x^2)",
                "x^y^2              | x^(y^2)",
                "x^-2               | x^(-2)",
                "2^-x^2             | 2^(-(x^2))",
                "x - y - t          | (x - y) - t",
                "x / y * t          | (x / y) * t",
                "-x * y             | (-x) * y",
                "x + y * t          | x + (y * t)",
                "x > 0 ? 1 : y > 0 ? 2 : 3         | x > 0 ? 1 : (y > 0 ? 2 : 3)",
                "x > 0 or y > 0 and t > 0 ? 1 : 2  | (x > 0) or ((y > 0) and (t > 0)) ? 1 : 2",
                "not x > 0 and y > 0 ? 1 : 2       | (not (x > 0)) and (y > 0) ? 1 : 2",
                "x >= y ? 1 : 2     | y <= x ? 1 : 2",
                "x != y ? 1 : 2     | not x == y ? 1 : 2",
                "max(x, y, t)       | max(max(x, y), t)",
            })
    void bindsAsInPapers(String written, String meant) {
        assertThat(printed(written)).isEqualTo(printed(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x - (y - t)",
                "x / (y / t)",
                "(x + y) * t",
                "-(x + y)",
                "(-x)^2",
                "(x^y)^t",
                "x - -y",
                "(x > 0 ? x : y) + t",
                "min(x, max(y, t))",
                "log1p(expm1(x))",
                "1e-20 * x",
                "0.1 * x + 123456789.25",
                "stop_gradient(sigmoid(x)^1.5) * softplus(-x)",
                "x == y or not (x < t and y <= u) ? x : pi",
                "sqrt(abs(x)) * atan(y)",
                "sigmoid(x) * log(sigmoid(x)) + sigmoid(x)^2 * log(1 - sigmoid(x)) / (sigmoid(x) + sigmoid(y)) +"
                        + " floor(sigmoid(t))"
            })
    void printsWhatReadsBackAsTheSame(String formula) {
        Formula first = Formula.parse(HEAD + "(" + formula + ")" + USED, "first");
        String text = String.join("\n", lines(first));
        Formula second = Formula.parse(HEAD + text, "second");
        assertThat(lines(second)).isEqualTo(lines(first));
        assertThat(second.value().op()).isEqualTo(first.value().op());
    }

    @Test
    void sharedPartsGetALineOfTheirOwnByTheNameThatTheTextGives() {
        Formula formula = Formula.parse("loss f(x; t)\np = sigmoid(x)\np * t + p^2 * log1p(x) + log1p(x)", "f");
        assertThat(FormulaPrinter.print(Map.of("", formula.value()), formula.definitions()))
                .containsExactly("p = sigmoid(x)", "a = log1p(x)", "p * t + p^2 * a + a");
    }

    @Test
    void linesGoOnAfterOperatorsBeforeOperatorsAndInParentheses() {
        String broken = "(x +\n  y) *\n  t\n  + max(x,\n# a comment\n    u)\n";
        assertThat(printed(broken)).isEqualTo(printed("(x + y) * t + max(x, u)"));
    }

    @Test
    void readsDeclarations() {
        Formula formula = Formula.parse("""
            # What it is for.
            # First paper.
            # Second paper.
            #
            # A note that is
            # two lines long.
            #
            # Another.
            loss mine(s[bins]; label in [0, bins - 1] integer, hard in {0, 1}, soft in [-1, 1e3], any)

            param bins = 17 in [2, 99] integer "how many"
            normalize by quality
            prior 0.02
            weight 2.5
            may be negative
            example ([0, -1e2]; 1, 0, 0.5, -3) = -1.25 "why"
            weigh = soft * any
            hard * log_softmax(s, label) + weigh * expectation(s)
            """, "mine");
        assertThat(formula.name()).isEqualTo("mine");
        assertThat(formula.description())
                .isEqualTo(new Description(
                        "What it is for.",
                        List.of("First paper.", "Second paper."),
                        List.of("A note that is two lines long.", "Another.")));
        assertThat(formula.recipe())
                .isEqualTo(new Formula.Training(NormalizeBy.QUALITY, java.util.OptionalDouble.of(0.02), 2.5));
        assertThat(formula.mayBeNegative()).isTrue();
        assertThat(formula.parameters())
                .containsExactly(new Formula.Declared("bins", 17, 2, 99, true, false, "how many"));
        assertThat(formula.examples())
                .containsExactly(new Formula.Example(
                        List.of(0.0, -100.0), List.of(1.0, 0.0, 0.5, -3.0), -1.25, 0.005, "why", 16));
        assertThat(Bound.value(formula.given().get(0).max(), Map.of("bins", 5.0)))
                .isEqualTo(4);
        assertThat(formula.given().stream().map(Formula.Variable::integer)).containsExactly(true, true, false, false);
    }

    @Test
    void recipeWordsMayBeNames() {
        Formula formula = Formula.parse("loss f(x; t)\nweight = t^2\nprior = 2 * weight\nweight * x * prior", "f");
        assertThat(formula.recipe().weight()).isEqualTo(1);
        assertThat(formula.recipe().prior()).isEmpty();
    }

    private static String printed(String formula) {
        return String.join("\n", lines(Formula.parse(HEAD + "(" + formula + ")" + USED, "test")));
    }

    private static List<String> lines(Formula formula) {
        return FormulaPrinter.print(Map.of("", formula.value()), Map.of());
    }
}
