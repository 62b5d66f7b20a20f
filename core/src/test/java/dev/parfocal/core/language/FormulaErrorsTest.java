package dev.parfocal.core.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake is told with its line, its column and what to do. Texts are pinned: people search for them. */
class FormulaErrorsTest {

    private static final String HEAD = "loss f(logit; target in [0, 1])\n";

    private record Mistake(String text, int line, int column, String message) {
        @Override
        public String toString() {
            return message;
        }
    }

    private static Mistake mistake(String text, int line, int column, String message) {
        return new Mistake(text, line, column, message);
    }

    /** A mistake in the line after the head. */
    private static Mistake line(String text, int column, String message) {
        return new Mistake(HEAD + text, 2, column, message);
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                        names(),
                        expressions(),
                        shapes(),
                        declarations(),
                        classes(),
                        indices(),
                        rows(),
                        signs(),
                        types())
                .flatMap(List::stream);
    }

    private static List<Mistake> names() {
        return List.of(
                line("p = sigmoid(logits)\np * target", 13, "'logits' is not defined; did you mean 'logit'?"),
                line("p = sigmod(logit)\np * target", 5, "there is no function 'sigmod'; did you mean 'sigmoid'?"),
                line("qqq * logit", 1, "'qqq' is not defined; defined here: logit, target"),
                line("a = a + logit\na * target", 5, "'a' is defined by itself; nothing may depend on itself"),
                line("a = b\nb = a\nlogit * a * target", 5, "'a' and 'b' are defined by each other: a cycle"),
                line("a = b\nb = c\nc = a\nlogit * a * target", 5, "'a' and 'b' are defined by each other: a cycle"),
                line(
                        "a = b\nb = logit\na * target",
                        5,
                        "'b' is defined only in line 3; a loss is read from top to bottom, so move that line up"),
                line("logit = target\nlogit", 1, "'logit' is already the input of line 1; choose another name"),
                line("log = target\nlog", 1, "'log' is a word of the language; choose another name"),
                line("a = 2\nlogit * target", 1, "the definition 'a' is never used; use it or remove it"),
                line("log * target * logit", 1, "'log' is a function: write log(…)"),
                line("target(logit)", 1, "'target' is not a function; write target * (…) for a product"),
                line("in * logit", 1, "expected an expression, found 'in'"),
                mistake(HEAD + "logit", 1, 15, "the input 'target' is never used; use it or remove it"),
                mistake("loss f(x; x)\nx", 1, 11, "'x' is already the input of line 1; choose another name"));
    }

    private static List<Mistake> rows() {
        String head = "loss f(s[5]; t[5], y)\nparam heat = 2 in [0, 9] \"temperature\"\n";
        return List.of(
                mistake(
                        head + "y * heat * log_softmax(t, 0)",
                        3,
                        24,
                        "'t' is given: only kl_divergence(t, s, temperature) reads a given row, as its first argument"),
                mistake(
                        head + "y * heat * kl_divergence(s, t, 1)",
                        3,
                        26,
                        "'s' is predicted: kl_divergence reads the given row first, then the predicted one, then the"
                                + " temperature"),
                mistake(
                        head + "heat * kl_divergence(t, s, y)",
                        3,
                        28,
                        "the temperature must be a number, or sums and products of numbers and parameters"),
                mistake(head + "y * heat * kl_divergence(t, s)", 3, 12, "'kl_divergence' takes three arguments, not 2"),
                mistake(
                        "loss f(s[5]; t[4])\nkl_divergence(t, s, 1)",
                        1,
                        15,
                        "a given row is as long as the predicted row 's', and is declared by the same length"),
                mistake(
                        "loss f(x; t[5])\nx * t",
                        1,
                        12,
                        "a row is given only where a row is predicted, as in (s[bins]; t[bins])"),
                mistake(
                        "loss f(s[5]; t[5] in [0, 1])\nkl_divergence(t, s, 1)",
                        1,
                        19,
                        "a given row has no range: it holds logits, which may be any numbers"),
                mistake(
                        "loss f(s[5]; t[5], t1)\nt1 * kl_divergence(t, s, 1)",
                        1,
                        20,
                        "'t1' is what a number of the given row 't' is called; choose another name"),
                mistake(
                        "loss f(s[5]; t[5])\nexample ([0, 1]; [0]) = 1\nkl_divergence(t, s, 1)",
                        2,
                        18,
                        "'t' has 1 logits here, the predicted row 2"));
    }

    private static List<Mistake> indices() {
        String row = "loss f(s[4]; y)\n";
        return List.of(
                mistake(
                        row + "expectation(s, i) * y",
                        2,
                        17,
                        "expected ':' and a function of the index, as in expectation(s, i: i^2), found ')'"),
                mistake(
                        row + "expectation(s, 3: 2) * y",
                        2,
                        16,
                        "expected a name for the index, as in expectation(s, i: i^2), found '3'"),
                mistake(
                        row + "expectation(s, i: y) * y",
                        2,
                        16,
                        "the index 'i' is never used: this is no function of it"),
                mistake(
                        row + "expectation(s, y: y^2)",
                        2,
                        16,
                        "'y' is already the input of line 1; choose another name"),
                mistake(row + "expectation(s, i: i^2) * i * y", 2, 26, "'i' is not defined; defined here: s, y"),
                mistake(
                        row + "expectation(s, i: log_softmax(s, i) * y)",
                        2,
                        19,
                        "what the expectation is taken of may read the index, what is given and parameters, but"
                                + " nothing predicted"),
                mistake(
                        "loss f(x; y)\nexpectation(x, i: i) * y",
                        2,
                        13,
                        "'expectation' needs a row, but this is a number; give it the row itself"));
    }

    private static List<Mistake> classes() {
        String row = "loss f(s[4]; label in [0, 3] integer, y)\nparam m[class] = 1 in [0, 2] \"margin\"\n";
        String box = "loss f(x, y; tx, ty)\nparam m[class] = 1 in [0, 2] \"margin\"\n";
        return List.of(
                line(
                        "param a[3] = 1 in [0, 2] \"weight\"\na * logit * target",
                        9,
                        "expected 'class' as in alpha[class]: a value for each class, found '3'"),
                line(
                        "param a[class] = 1 in [0, 2] integer \"weight\"\na * logit * target",
                        30,
                        "'integer' is for what sizes a row, which cannot differ from class to class"),
                mistake(
                        HEAD + "param a[class] = 1 in [0, 2] \"weight\"\na[target] * logit",
                        3,
                        1,
                        "without an index 'a' is the value for the logit's class; write a"),
                mistake(
                        HEAD + "param a = 1 in [0, 2] \"weight\"\na[target] * logit",
                        3,
                        1,
                        "only a parameter that is declared for each class has an index: param x[class] = …"),
                mistake(
                        HEAD + "param a[class] = 1 in [0, 2] \"weight\"\n"
                                + "state m = 0 in [0, 1] \"mean\" momentum 0.1 of a * target\nm * logit * target",
                        3,
                        46,
                        "a state may not read 'a', which differs from class to class"),
                mistake(
                        row + "m * log_softmax(s, label) * y",
                        3,
                        1,
                        "say of which class: m[label], with the class among the given inputs"),
                mistake(
                        row + "m[y] * log_softmax(s, label)",
                        3,
                        3,
                        "the class of a row is 'label', the first whole number that is given; write m[label]"),
                mistake(row + "s[label] * m[label] * y", 3, 1, "a row is read by log_softmax(s, i) and expectation(s)"),
                mistake(
                        "loss f(s[4]; y)\nparam m[class] = 1 in [0, 2] \"margin\"\nm[y] * expectation(s)",
                        3,
                        3,
                        "the class must be given, as a whole number: m[label] with label in [0, classes - 1] integer"),
                mistake(
                        "loss f(s[4]; y in [0, m])\nparam m[class] = 1 in [0, 2] \"margin\"\nm * expectation(s)",
                        1,
                        23,
                        "a range cannot differ from class to class"),
                mistake(
                        box + "m * (abs(x - tx) + abs(y - ty))",
                        3,
                        1,
                        "a loss of boxes knows no classes: declare 'param m = …' without [class]"));
    }

    private static List<Mistake> expressions() {
        return List.of(
                line("logit + target z", 16, "expected an operator or the end of the line, found 'z'"),
                line("(logit + target", 1, "this '(' is never closed: expected ')'"),
                line("logit + target)", 15, "this ')' closes nothing"),
                line("(logit + target]", 16, "expected ')' here, found ']'"),
                line("2logit * target", 2, "expected an operator; write 2 * … for a product"),
                line("sigmoid(logit, 2) * target", 1, "'sigmoid' takes one argument, not 2"),
                line("max(logit) * target", 1, "'max' takes two or more arguments, not 1"),
                line("log() * logit", 5, "expected a number, a name or '(', found ')'"),
                line("logit * * target", 9, "a power is written ^, as in x^2"),
                line(
                        "target > 0 ? logit",
                        19,
                        "expected ':' and the value for when the condition does not hold,"
                                + " found the end of the line"),
                line("logit * target = 2", 16, "expected an operator, found '='; equality is written =="),
                line("logit < target < 1 ? logit : 0", 16, "comparisons do not chain; write a < b and b < c"),
                line("1e999 * logit * target", 1, "this number is too large"),
                line("1e-999 * logit * target", 1, "this number is too small: it would be 0"),
                line(
                        "p = logit * target",
                        19,
                        "expected the result after this: a last line that is an expression" + " without a name"),
                line(
                        "logit * target\nlogit",
                        1,
                        "this result is followed by another line; only the last line may be without a name. A formula"
                                + " goes on in the next line after an operator or inside parentheses"));
    }

    private static List<Mistake> shapes() {
        String start = "a loss starts with a line such as: loss focal(logit; target in [0, 1])";
        return List.of(
                mistake("", 1, 1, "there is no loss in this text; " + start),
                mistake("# only a comment\n", 2, 1, "there is no loss in this text; " + start),
                mistake("x", 1, 1, "expected 'loss', found 'x'; " + start),
                mistake("loss", 1, 5, "expected the name of the loss, found the end of the line"),
                mistake("loss f(; y)", 1, 8, "a loss needs a predicted input before ';', such as (logit; target)"),
                mistake(
                        "loss f(x)\nx",
                        1,
                        9,
                        "expected ';' and the given inputs: predicted inputs stand before ';',"
                                + " given ones after it"),
                mistake(
                        "loss f(x; y)",
                        1,
                        13,
                        "expected the result after this: a last line that is an expression without" + " a name"),
                mistake(
                        "loss f(x in [0, 1]; y)\nx",
                        1,
                        10,
                        "a predicted input has no range: a network may predict any" + " number"),
                mistake(
                        "loss f(x; y in [1, 0])\nx * y",
                        1,
                        17,
                        "this range is empty: its first number is greater than its" + " second"),
                mistake(
                        "loss f(x; y in {0, 2})\nx * y",
                        1,
                        16,
                        "a set lists whole numbers in steps of 1, such as {0, 1};" + " write a range as [0, 1]"),
                mistake(
                        "loss f(s[1]; y)\nexpectation(s) * y",
                        1,
                        10,
                        "the length of a row is a whole number from 2 on," + " or a parameter declared 'integer'"),
                mistake(
                        "loss f(s[n]; y)\nexpectation(s) * y",
                        1,
                        10,
                        "the length 'n' needs a line such as: param n = 17 in"
                                + " [2, 1024] integer \"number of bins\""),
                mistake("loss f(s[9], x; y)\nx", 1, 14, "a loss predicts either one row or numbers, not both"),
                line("loss g(x; y)\nx * y", 1, "a text holds one loss; put this one into a file of its own"));
    }

    private static List<Mistake> declarations() {
        return List.of(
                line(
                        "state m = 3 in [0, 2] \"m\" momentum 0.1 of target\nm * logit",
                        11,
                        "the initial value of 'm' is outside its range"),
                line(
                        "state m = 1 in [0, 2] \"m\" momentum 2 of target\nm * logit",
                        36,
                        "the momentum is the share of the newest batch: above 0 and at most 1, such as 0.02"),
                line(
                        "state m = 1 in [0, 2] \"m\" momentum 0.1 of target > 0\nm * logit",
                        43,
                        "'of' needs a number, but this is a condition; write (condition ? 1 : 0), or join comparisons"
                                + " with 'and'"),
                line(
                        "state m = 1 in [0, 2] \"m\" momentum 0.1 of target where target\nm * logit",
                        56,
                        "'where' needs a condition, but this is a number; compare it with something: x > 0"),
                line(
                        "state m = 1 in [0, 2] \"m\" momentum 0.1 of target if target\nm * logit",
                        50,
                        "expected 'where' and a condition, or the end of the line, found 'if'"),
                line(
                        "state m = 1 in [0, 2] \"m\" momentum 0.1 of target\nlogit",
                        7,
                        "the state 'm' is never used; use it or remove it"),
                line(
                        "state m = 1 in [0, 2] momentum 0.1 of target\nlogit",
                        23,
                        "expected the state's meaning in quotes, found 'momentum'"),
                mistake(
                        "loss f(s[9]; y)\n"
                                + "state m = 1 in [0, 2] \"m\" momentum 0.1 of expectation(s)\n"
                                + "m * y * expectation(s)",
                        2,
                        43,
                        "a state may not read the row 's': take the mean of what is given"),
                line("param a = 3 in [0, 2] \"m\"\na * logit * target", 11, "the default of 'a' is outside its range"),
                line(
                        "param a = 1 in [2, 0] \"m\"\na * logit * target",
                        17,
                        "this range is empty: its first number is greater" + " than its second"),
                line(
                        "param a = 1 in [0, 2]\na * logit * target",
                        22,
                        "expected the parameter's meaning in quotes, found the" + " end of the line"),
                line(
                        "param a = 1.5 in [0, 2] integer \"m\"\na * logit * target",
                        11,
                        "'a' is declared 'integer': its default" + " must be a whole number"),
                line(
                        "param alhpa = 1 in [0, 2] \"m\"\nlogit * target",
                        7,
                        "the parameter 'alhpa' is never used; use it or" + " remove it"),
                line(
                        "normalize by posities\nlogit * target",
                        14,
                        "expected positives, elements, quality or none, found" + " 'posities'"),
                line("prior 2\nlogit * target", 7, "the prior is a probability between 0 and 1, such as 0.01"),
                line("weight 0\nlogit * target", 8, "the weight must be greater than 0"),
                line("may be odd\nlogit * target", 8, "expected 'negative' as in: may be negative, found 'odd'"),
                mistake(HEAD + "prior 0.1\nprior 0.1\nlogit * target", 3, 1, "there is a line 'prior' already"),
                line("example (0, 1; 1) = 1\nlogit * target", 14, "the loss has 1 predicted input, the example 2"));
    }

    private static List<Mistake> signs() {
        return List.of(
                line("logit && target", 7, "'&' cannot stand here; write 'and'"),
                line("logit !target", 7, "'!' cannot stand here; write 'not'"),
                line("σ(logit) * target", 1, "'σ' cannot stand here; write sigmoid(…)"),
                line("über * logit", 1, "'ü' cannot stand here: names are written in ASCII letters, digits and _"),
                line("logit @ target", 7, "'@' cannot stand here: the language has no such sign"),
                line(
                        "param a = 1 in [0, 2] \"m\nlogit",
                        23,
                        "'\"' cannot stand here: a text in quotes ends on the line where"
                                + " it starts; close it with \""),
                mistake("\u0000\u0001\u0002", 1, 1, "control character 0x00: is this a binary file?"));
    }

    private static List<Mistake> types() {
        return List.of(
                line(
                        "(logit > 0) * target",
                        1,
                        "'*' needs a number, but this is a condition; write (condition ? 1 : 0), or"
                                + " join comparisons with 'and'"),
                line(
                        "logit ? target : 0",
                        1,
                        "'?' needs a condition, but this is a number; compare it with something: x > 0"),
                line(
                        "logit > target",
                        1,
                        "'the result' needs a number, but this is a condition; write (condition ? 1 : 0),"
                                + " or join comparisons with 'and'"),
                line(
                        "logit and target",
                        1,
                        "'and' needs a condition, but this is a number; compare it with something: x > 0"),
                mistake(
                        "loss f(s[9]; y)\ns * y",
                        2,
                        1,
                        "'*' needs a number, but this is a row; only log_softmax(row, index), expectation(row) and"
                                + " kl_divergence(given, row, temperature) read a row"),
                mistake(
                        "loss f(s[9]; y)\nexpectation(y) * log_softmax(s, 0)",
                        2,
                        13,
                        "'expectation' needs a row, but this is" + " a number; give it the row itself"),
                mistake(
                        "loss f(s[9]; y)\nlog_softmax(s, y)",
                        2,
                        16,
                        "the index of log_softmax must be a whole number; write"
                                + " floor(…), or declare the input 'integer'"),
                mistake(
                        "loss f(s[9]; y)\ny * log_softmax(s, floor(expectation(s)))",
                        2,
                        20,
                        "the index of log_softmax must" + " not depend on what is predicted"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void namesThePlaceAndTheRemedy(Mistake mistake) {
        FormulaException error = fails(mistake.text());
        assertThat(error.getMessage().lines().findFirst())
                .hasValue("my.loss:" + mistake.line() + ":" + mistake.column() + ": " + mistake.message());
        assertThat(List.of(error.line(), error.column())).containsExactly(mistake.line(), mistake.column());
    }

    @Test
    void showsTheLineWithACaret() {
        assertThat(fails(HEAD + "p = sigmoid(logits)\np * target"))
                .hasMessage("my.loss:2:13: 'logits' is not defined; did you mean 'logit'?\n"
                        + "    p = sigmoid(logits)\n"
                        + "                ^");
    }

    @Test
    void caretStandsRightAfterTabsAndInLongLines() {
        assertThat(fails(HEAD + "logit\t*\t@")).hasMessageEndingWith("    logit\t*\t@\n         \t \t^");
        String longLine = "logit * target" + " + logit * target".repeat(20) + " + qq";
        assertThat(fails(HEAD + longLine).getMessage()).contains("    …").hasSizeLessThan(300);
    }

    @Test
    void refusesALossWithoutGradient() {
        String why = "the loss has no gradient in 'logit': its result must depend on every predicted input other than"
                + " through stop_gradient, floor, sign or a condition";
        for (String result :
                List.of("stop_gradient(logit) * target", "floor(logit) * target", "logit > 0 ? target : 0")) {
            assertThat(fails(HEAD + result)).hasMessageStartingWith("my.loss:1:8: " + why);
        }
        assertThat(fails("loss f(a, b; y)\na * y + stop_gradient(b)")).hasMessageContaining("no gradient in 'b'");
    }

    @Test
    void windowsLineEndsAndAByteOrderMarkAreNoMistakes() {
        assertThat(fails("\uFEFF# A loss\r\nloss f(x; y)\r\nx * zz\r\n").line()).isEqualTo(3);
        assertThat(Formula.parse("\uFEFFloss f(x; y)\r\nx * y\r\n", "f").text()).isEqualTo("loss f(x; y)\nx * y\n");
    }

    private static FormulaException fails(String text) {
        return catchThrowableOfType(FormulaException.class, () -> Formula.parse(text, "my.loss"));
    }
}
