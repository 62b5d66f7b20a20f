package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code loss name(predicted, …; given in [lo, hi], …)}. */
final class SignatureParser {

    private final Source source;
    private final Builder builder;
    private final Scope scope;

    SignatureParser(Source source, Builder builder, Scope scope) {
        this.source = source;
        this.builder = builder;
        this.scope = scope;
    }

    Signature parse(List<Token> head) {
        TokenReader tokens = new TokenReader(source, head);
        tokens.expect("loss", "");
        Token name = tokens.expectName("the name of the loss");
        tokens.expect("(", "and the inputs of the loss");
        if (tokens.peek().is(";") || tokens.peek().is(")")) {
            throw tokens.error(tokens.peek(), "a loss needs a predicted input before ';', such as (logit; target)");
        }
        List<Formula.Variable> predicted = new ArrayList<>();
        do {
            predicted.add(predicted(tokens, predicted));
        } while (tokens.take(","));
        if (tokens.peek().is(")")) {
            throw tokens.error(
                    tokens.peek(),
                    "expected ';' and the given inputs: predicted inputs stand before ';', given ones after it");
        }
        tokens.expect(";", "or ',' after a predicted input");
        List<Formula.Variable> given = new ArrayList<>();
        do {
            given.add(given(tokens, predicted.get(0)));
        } while (tokens.take(","));
        tokens.expect(")", "or ',' after a given input");
        tokens.expectEnd("the end of the line");
        checkNames(given);
        boolean isRow = predicted.get(0).node().op() == Op.ROW;
        Builder.Classes single = isRow ? Builder.Classes.GIVEN : Builder.Classes.OF_LOGITS;
        builder.setClasses(predicted.size() > 1 ? Builder.Classes.NONE : single);
        return new Signature(name.text(), predicted, given);
    }

    /** The numbers of a given row have names of their own: {@code t0}, {@code t1} … */
    private void checkNames(List<Formula.Variable> given) {
        given.stream()
                .filter(variable -> !variable.length().isConstant(0))
                .map(variable -> variable.node().name())
                .forEach(scope::checkNoneInRow);
    }

    private Formula.Variable predicted(TokenReader tokens, List<Formula.Variable> before) {
        Token name = tokens.expectName("the name of a predicted input");
        boolean row = tokens.peek().is("[");
        boolean rowBefore =
                before.stream().anyMatch(variable -> !variable.length().isConstant(0));
        if (rowBefore || row && !before.isEmpty()) {
            throw tokens.error(name, "a loss predicts either one row or numbers, not both");
        }
        Node length = row ? length(tokens) : builder.constant(0);
        Node node = builder.predicted(name.text(), row);
        scope.define(name, node, "input");
        if (tokens.peek().is("in") || tokens.peek().is("integer")) {
            throw tokens.error(tokens.peek(), "a predicted input has no range: a network may predict any number");
        }
        return new Formula.Variable(node, anything(-1), anything(1), false, length);
    }

    private Node anything(int sign) {
        return builder.constant(sign * Double.POSITIVE_INFINITY);
    }

    private Node length(TokenReader tokens) {
        tokens.expect("[", "");
        Token token = tokens.peek();
        if (token.isName() && !scope.isName(token.text())) {
            throw tokens.error(
                    token,
                    "the length '" + token.text() + "' needs a line such as: param " + token.text()
                            + " = 17 in [2, 1024] integer \"number of bins\"");
        }
        Node length = bound(tokens);
        boolean parameter = length.op() == Op.PARAMETER && builder.isWhole(length);
        boolean number = length.isConstant() && builder.isWhole(length) && length.value() >= 2;
        if (!parameter && !number) {
            throw tokens.error(
                    token, "the length of a row is a whole number from 2 on, or a parameter declared 'integer'");
        }
        tokens.expect("]", "after the length of a row");
        return length;
    }

    /** A row is as long as the predicted one, and may hold any numbers. */
    private Formula.Variable givenRow(TokenReader tokens, Token name, Formula.Variable predicted) {
        Token bracket = tokens.peek();
        Node length = length(tokens);
        if (predicted.length().isConstant(0)) {
            throw tokens.error(bracket, "a row is given only where a row is predicted, as in (s[bins]; t[bins])");
        }
        if (!length.equals(predicted.length())) {
            throw tokens.error(
                    bracket,
                    "a given row is as long as the predicted row '"
                            + predicted.node().name() + "', and is declared by the same length");
        }
        if (tokens.peek().is("in") || tokens.peek().is("integer")) {
            throw tokens.error(tokens.peek(), "a given row has no range: it holds logits, which may be any numbers");
        }
        Node node = builder.givenRow(name.text());
        scope.define(name, node, "input");
        return new Formula.Variable(node, anything(-1), anything(1), false, length);
    }

    private Formula.Variable given(TokenReader tokens, Formula.Variable predicted) {
        Token name = tokens.expectName("the name of a given input");
        if (tokens.peek().is("[")) {
            return givenRow(tokens, name, predicted);
        }
        Node min = anything(-1);
        Node max = anything(1);
        boolean integer = false;
        if (tokens.take("in")) {
            if (tokens.peek().is("{")) {
                integer = true;
                List<Double> values = choices(tokens);
                min = builder.constant(values.get(0));
                max = builder.constant(values.get(values.size() - 1));
            } else {
                tokens.expect("[", "or '{': a range such as [0, 1] or {0, 1}");
                Token first = tokens.peek();
                min = bound(tokens);
                tokens.expect(",", "between the ends of a range");
                max = bound(tokens);
                tokens.expect("]", "after a range");
                checkOrder(first, min, max);
            }
        }
        integer |= tokens.take("integer");
        Node node = builder.given(name.text(), integer);
        scope.define(name, node, "input");
        return new Formula.Variable(node, min, max, integer, builder.constant(0));
    }

    private void checkOrder(Token first, Node min, Node max) {
        if (min.isConstant() && max.isConstant() && min.value() > max.value()) {
            throw source.error(first.offset(), "this range is empty: its first number is greater than its second");
        }
    }

    private List<Double> choices(TokenReader tokens) {
        Token start = tokens.next();
        List<Double> values = new ArrayList<>();
        do {
            values.add(tokens.expectNumber("a whole number"));
        } while (tokens.take(","));
        tokens.expect("}", "or ',' after a number");
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i) != Math.rint(values.get(0)) + i) {
                throw tokens.error(
                        start, "a set lists whole numbers in steps of 1, such as {0, 1}; write a range as [0, 1]");
            }
        }
        return values;
    }

    private Node bound(TokenReader tokens) {
        Token first = tokens.peek();
        Node node =
                new ExpressionParser(builder, scope, tokens, "").expression().node();
        if (Walk.reachable(List.of(node)).stream().anyMatch(builder::isPerClass)) {
            throw tokens.error(first, "a range cannot differ from class to class");
        }
        if (!Bound.isBound(node)) {
            throw tokens.error(first, "this must be a number, or sums and products of numbers and parameters");
        }
        return node;
    }
}
