package dev.parfocal.core.language;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the lines that declare something: parameters, recipe, sign, examples. */
final class DeclarationParser {

    private static final Set<String> KEYWORDS = Set.of("normalize", "prior", "weight", "may", "example");

    private final Source source;
    private final Builder builder;
    private final Scope scope;
    private final List<Formula.Declared> parameters = new ArrayList<>();
    private final List<Formula.Example> examples = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private NormalizeBy normalizer = NormalizeBy.ELEMENTS;
    private OptionalDouble prior = OptionalDouble.empty();
    private double weight = 1;
    private boolean mayBeNegative;
    private @Nullable Signature signature;

    DeclarationParser(Source source, Builder builder, Scope scope) {
        this.source = source;
        this.builder = builder;
        this.scope = scope;
    }

    static boolean isParameter(List<Token> statement) {
        return statement.get(0).is("param");
    }

    /** The inputs, which examples are read by. */
    void setSignature(Signature inputs) {
        signature = inputs;
    }

    List<Formula.Declared> parameters() {
        return parameters;
    }

    Formula.Training training() {
        return new Formula.Training(normalizer, prior, weight);
    }

    boolean mayBeNegative() {
        return mayBeNegative;
    }

    List<Formula.Example> examples() {
        return examples;
    }

    /** {@code param gamma = 2 in [0, 5] "meaning"}, or {@code param gamma[class] = …} if each class may have its own. */
    void parameter(List<Token> statement) {
        TokenReader tokens = new TokenReader(source, statement);
        tokens.next();
        Token name = tokens.expectName("the name of the parameter");
        boolean perClass = tokens.take("[");
        if (perClass) {
            tokens.expect("class", "as in alpha[class]: a value for each class");
            tokens.expect("]", "after 'class'");
        }
        Formula.Declared declared = ranged(tokens, name, "default", perClass);
        tokens.expectEnd("the end of the line");
        scope.define(name, builder.parameter(name.text(), declared.integer(), perClass), "parameter");
        parameters.add(declared);
    }

    /** {@code = 2 in [0, 5] "meaning"} after a name; {@code what} the value is, in errors. */
    static Formula.Declared ranged(TokenReader tokens, Token name, String what, boolean perClass) {
        tokens.expect("=", "and the " + what + " value");
        Token valueToken = tokens.peek();
        double value = tokens.expectNumber("the " + what + " value, a number");
        tokens.expect("in", "and a range such as [0, 5]");
        tokens.expect("[", "to start the range");
        Token minToken = tokens.peek();
        double min = tokens.expectNumber("the smallest value, a number");
        tokens.expect(",", "between the ends of the range");
        double max = tokens.expectNumber("the largest value, a number");
        tokens.expect("]", "after the range");
        boolean isParameter = what.equals("default");
        if (perClass && tokens.peek().is("integer")) {
            throw tokens.error(
                    tokens.peek(), "'integer' is for what sizes a row, which cannot differ from class to class");
        }
        boolean integer = isParameter && tokens.take("integer");
        String meaning = tokens.expectString("the " + (isParameter ? "parameter" : "state") + "'s meaning in quotes");
        if (min > max) {
            throw tokens.error(minToken, "this range is empty: its first number is greater than its second");
        }
        if (value < min || value > max) {
            throw tokens.error(
                    valueToken,
                    "the " + what + (isParameter ? "" : " value") + " of '" + name.text() + "' is outside its range");
        }
        if (integer && value != Math.rint(value)) {
            throw tokens.error(
                    valueToken, "'" + name.text() + "' is declared 'integer': its default must be a whole number");
        }
        return new Formula.Declared(name.text(), value, min, max, integer, perClass, meaning);
    }

    /** Reads any other declaration; false if the statement is none. */
    boolean line(List<Token> statement) {
        Token first = statement.get(0);
        if (first.is("loss")) {
            throw source.error(first.offset(), "a text holds one loss; put this one into a file of its own");
        }
        if (!first.isName() || !KEYWORDS.contains(first.text()) || scope.isName(first.text())) {
            return false;
        }
        if (!first.is("example") && !seen.add(first.text())) {
            throw source.error(first.offset(), "there is a line '" + first.text() + "' already");
        }
        TokenReader tokens = new TokenReader(source, statement);
        tokens.next();
        switch (first.text()) {
            case "normalize" -> normalizer = normalizer(tokens);
            case "prior" -> prior = OptionalDouble.of(prior(tokens));
            case "weight" -> weight = weight(tokens);
            case "may" -> mayBeNegative = negative(tokens);
            default -> examples.add(example(tokens, source.line(first.offset())));
        }
        tokens.expectEnd("the end of the line");
        return true;
    }

    private static NormalizeBy normalizer(TokenReader tokens) {
        tokens.expect("by", "as in: normalize by positives");
        Token word = tokens.expectName("positives, elements, quality or none");
        return EnumSet.allOf(NormalizeBy.class).stream()
                .filter(candidate -> word.is(candidate.keyword()))
                .findFirst()
                .orElseThrow(() -> tokens.error(
                        word, "expected positives, elements, quality or none, found '" + word.text() + "'"));
    }

    private static double prior(TokenReader tokens) {
        Token token = tokens.peek();
        double value = tokens.expectNumber("the probability that training starts at");
        if (value <= 0 || value >= 1) {
            throw tokens.error(token, "the prior is a probability between 0 and 1, such as 0.01");
        }
        return value;
    }

    private static double weight(TokenReader tokens) {
        Token token = tokens.peek();
        double value = tokens.expectNumber("the weight of the loss beside others");
        if (value <= 0) {
            throw tokens.error(token, "the weight must be greater than 0");
        }
        return value;
    }

    private static boolean negative(TokenReader tokens) {
        tokens.expect("be", "as in: may be negative");
        tokens.expect("negative", "as in: may be negative");
        return true;
    }

    /** {@code example (logit; target) = value "meaning"}; the logits of a row stand in brackets. */
    private Formula.Example example(TokenReader tokens, int line) {
        Signature inputs = java.util.Objects.requireNonNull(signature);
        tokens.expect("(", "as in: example (0; 1) = 0.1733");
        List<Double> predicted = new ArrayList<>();
        if (inputs.hasRow()) {
            tokens.expect("[", "and the logits of the row");
            numbers(tokens, predicted);
            tokens.expect("]", "or ',' after a logit");
        } else {
            numbers(tokens, predicted);
            checkCount(tokens, predicted.size(), inputs.predicted().size(), "predicted");
        }
        tokens.expect(";", "and the given inputs");
        List<Double> given = given(tokens, inputs, predicted.size());
        tokens.expect(")", "or ',' after an input");
        tokens.expect("=", "and the value of the loss there");
        Token digits = tokens.peek().is("-") ? tokens.peek(1) : tokens.peek();
        double value = tokens.expectNumber("the value of the loss there");
        String meaning =
                tokens.peek().kind() == Token.Kind.STRING ? tokens.next().text() : "";
        double tolerance = new BigDecimal(digits.text()).ulp().doubleValue() / 2;
        return new Formula.Example(predicted, given, value, tolerance, meaning, line);
    }

    /** One number for each given input, or the logits of a given row; rows have the length of the predicted one. */
    private List<Double> given(TokenReader tokens, Signature inputs, int length) {
        List<Double> all = new ArrayList<>();
        int read = 0;
        do {
            Formula.Variable variable =
                    inputs.given().get(Math.min(read++, inputs.given().size() - 1));
            Token first = tokens.peek();
            if (variable.length().isConstant(0)) {
                all.add(tokens.expectNumber("a number"));
                checkRange(first, variable, inputs, length, all.get(all.size() - 1));
            } else {
                tokens.expect(
                        "[", "and the logits of the row '" + variable.node().name() + "'");
                List<Double> row = new ArrayList<>();
                numbers(tokens, row);
                tokens.expect("]", "or ',' after a logit");
                if (row.size() != length) {
                    throw tokens.error(
                            first,
                            "'" + variable.node().name() + "' has " + row.size() + " logits here, the predicted row "
                                    + length);
                }
                all.addAll(row);
            }
        } while (tokens.take(","));
        checkCount(tokens, read, inputs.given().size(), "given");
        return all;
    }

    /** An example that no batch could hold is refused; rows have the length of the example. */
    private void checkRange(Token first, Formula.Variable variable, Signature inputs, int length, double number) {
        Map<String, Double> values = new HashMap<>();
        parameters.forEach(parameter -> values.put(parameter.name(), parameter.value()));
        values.put(inputs.predicted().get(0).length().name(), (double) length);
        double min = Bound.value(variable.min(), values);
        double max = Bound.value(variable.max(), values);
        String name = variable.node().name();
        if (number < min || number > max) {
            throw source.error(
                    first.offset(),
                    "'" + name + "' = " + Numbers.shown(number) + " is outside its range [" + Numbers.shown(min) + ", "
                            + Numbers.shown(max) + "]");
        }
        if (variable.integer() && number != Math.rint(number)) {
            throw source.error(first.offset(), "'" + name + "' = " + Numbers.shown(number) + " must be a whole number");
        }
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? " input" : " inputs");
    }

    private static void numbers(TokenReader tokens, List<Double> into) {
        do {
            into.add(tokens.expectNumber("a number"));
        } while (tokens.take(","));
    }

    private static void checkCount(TokenReader tokens, int found, int wanted, String what) {
        if (found != wanted) {
            throw tokens.error(tokens.peek(), "the loss has " + count(wanted, what) + ", the example " + found);
        }
    }
}
