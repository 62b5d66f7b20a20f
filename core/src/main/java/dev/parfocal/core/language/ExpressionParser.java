package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Turns the tokens of an expression into nodes, by recursive descent:
 *
 * <pre>
 * expression = or [ "?" expression ":" expression ]
 * or         = and { "or" and }
 * and        = not { "and" not }
 * not        = "not" not | comparison
 * comparison = sum [ ( "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "==" | "!=" ) sum ]
 * sum        = product { ( "+" | "-" ) product }
 * product    = minus { ( "*" | "/" ) minus }
 * minus      = "-" minus | power
 * power      = primary [ "^" minus ]
 * primary    = number | "pi" | name | name "[" expression "]" | function "(" expression { "," expression } ")"
 *            | "expectation" "(" row "," name ":" expression ")" | "(" expression ")"
 * </pre>
 */
final class ExpressionParser {

    /** How deep parentheses, signs and choices may nest. */
    static final int MAX_DEPTH = 200;

    private static final Map<String, Op> SUM = Map.of("+", Op.ADD, "-", Op.SUBTRACT);
    private static final Map<String, Op> PRODUCT = Map.of("*", Op.MULTIPLY, "/", Op.DIVIDE);
    private static final List<String> COMPARISONS = List.of("<", "<=", ">", ">=", "==", "!=");

    private final Builder builder;
    private final Scope scope;
    private final TokenReader tokens;
    private final String current;
    private int depth;

    /** @param current the name that is being defined; empty for the result and for bounds */
    ExpressionParser(Builder builder, Scope scope, TokenReader tokens, String current) {
        this.builder = builder;
        this.scope = scope;
        this.tokens = tokens;
        this.current = current;
    }

    Term expression() {
        deeper();
        Term condition = or();
        if (tokens.take("?")) {
            Term yes = expression();
            tokens.expect(":", "and the value for when the condition does not hold");
            condition = builder.select(condition, yes, expression());
        }
        depth--;
        return condition;
    }

    private void deeper() {
        if (++depth > MAX_DEPTH) {
            throw tokens.error(
                    tokens.peek(),
                    "the formula nests deeper than " + MAX_DEPTH
                            + " levels; give parts of it names on lines of their own");
        }
    }

    private Term or() {
        Term left = and();
        while (tokens.take("or")) {
            left = builder.apply(Op.OR, "or", left.start(), List.of(left, and()));
        }
        return left;
    }

    private Term and() {
        Term left = not();
        while (tokens.take("and")) {
            left = builder.apply(Op.AND, "and", left.start(), List.of(left, not()));
        }
        return left;
    }

    private Term not() {
        int start = tokens.peek().offset();
        if (!tokens.take("not")) {
            return comparison();
        }
        deeper();
        Term operand = not();
        depth--;
        return builder.apply(Op.NOT, "not", start, List.of(operand));
    }

    private Term comparison() {
        Term left = sum();
        Token sign = tokens.peek();
        if (COMPARISONS.stream().noneMatch(sign::is)) {
            return left;
        }
        tokens.next();
        Term result = compare(sign.text(), left, sum());
        if (COMPARISONS.stream().anyMatch(tokens.peek()::is)) {
            throw tokens.error(tokens.peek(), "comparisons do not chain; write a < b and b < c");
        }
        return result;
    }

    private Term compare(String sign, Term left, Term right) {
        int start = left.start();
        return switch (sign) {
            case "<" -> builder.apply(Op.LESS, sign, start, List.of(left, right));
            case "<=" -> builder.apply(Op.LESS_EQUAL, sign, start, List.of(left, right));
            case ">" -> builder.apply(Op.LESS, sign, start, List.of(right, left));
            case ">=" -> builder.apply(Op.LESS_EQUAL, sign, start, List.of(right, left));
            case "==" -> builder.apply(Op.EQUAL, sign, start, List.of(left, right));
            default ->
                builder.apply(Op.NOT, sign, start, List.of(builder.apply(Op.EQUAL, sign, start, List.of(left, right))));
        };
    }

    private Term sum() {
        Term left = product();
        for (Op op = SUM.get(tokens.peekSymbol()); op != null; op = SUM.get(tokens.peekSymbol())) {
            String sign = tokens.next().text();
            left = builder.apply(op, sign, left.start(), List.of(left, product()));
        }
        return left;
    }

    private Term product() {
        Term left = minus();
        for (Op op = PRODUCT.get(tokens.peekSymbol()); op != null; op = PRODUCT.get(tokens.peekSymbol())) {
            String sign = tokens.next().text();
            if (op == Op.MULTIPLY && tokens.peek().is("*")) {
                throw tokens.error(tokens.peek(), "a power is written ^, as in x^2");
            }
            left = builder.apply(op, sign, left.start(), List.of(left, minus()));
        }
        return left;
    }

    private Term minus() {
        int start = tokens.peek().offset();
        if (!tokens.take("-")) {
            return power();
        }
        deeper();
        Term operand = minus();
        depth--;
        if (operand.node().isConstant()) {
            return new Term(builder.constant(-operand.node().value()), start);
        }
        return builder.apply(Op.NEGATE, "-", start, List.of(operand));
    }

    private Term power() {
        Term base = primary();
        if (!tokens.take("^")) {
            return base;
        }
        deeper();
        Term exponent = minus();
        depth--;
        return builder.apply(Op.POWER, "^", base.start(), List.of(base, exponent));
    }

    private Term primary() {
        Token token = tokens.next();
        if (token.kind() == Token.Kind.NUMBER) {
            return number(token);
        }
        if (token.is("(")) {
            Term inner = expression();
            tokens.expect(")", "to close the parenthesis");
            return new Term(inner.node(), token.offset());
        }
        if (token.is("pi")) {
            return new Term(builder.constant(Math.PI), token.offset());
        }
        if (!token.isName()) {
            throw tokens.error(token, "expected a number, a name or '(', found " + token.shown());
        }
        if (tokens.peek().is("(")) {
            return call(token);
        }
        Node named = scope.use(token, current);
        if (tokens.take("[")) {
            Term index = expression();
            tokens.expect("]", "after an index");
            return builder.entry(new Term(named, token.offset()), index);
        }
        return builder.named(named, token.offset());
    }

    private Term number(Token token) {
        if (tokens.peek().isName() && !Scope.RESERVED.contains(tokens.peek().text())
                || tokens.peek().is("(")) {
            throw tokens.error(tokens.peek(), "expected an operator; write " + token.text() + " * … for a product");
        }
        return new Term(builder.constant(tokens.number(token)), token.offset());
    }

    /** {@code i: f(i))} after the row of an expectation. */
    private Term expectation(Token name, Term row) {
        Token index = tokens.expectName("a name for the index, as in expectation(s, i: i^2)");
        tokens.expect(":", "and a function of the index, as in expectation(s, i: i^2)");
        Term function = scope.within(index, builder.index(index.text()), this::expression);
        tokens.expect(")", "to close the expectation");
        return builder.expectation(name.offset(), row, function);
    }

    private Term call(Token name) {
        Function function = Function.ALL.get(name.text());
        if (function == null) {
            scope.checkNotCalled(name);
            throw tokens.error(
                    name,
                    "there is no function '" + name.text() + "'" + Habits.advice(name.text(), Function.ALL.keySet()));
        }
        tokens.next();
        List<Term> arguments = new ArrayList<>();
        arguments.add(expression());
        if (function.op() == Op.EXPECTATION && tokens.take(",")) {
            return expectation(name, arguments.get(0));
        }
        while (tokens.take(",")) {
            arguments.add(expression());
        }
        tokens.expect(")", "or ',' after an argument");
        int arity = function.op().arity();
        if (function.many() ? arguments.size() < 2 : arguments.size() != arity) {
            String wanted = function.many()
                    ? "two or more arguments"
                    : List.of("one argument", "two arguments", "three arguments")
                            .get(arity - 1);
            throw tokens.error(name, "'" + function.name() + "' takes " + wanted + ", not " + arguments.size());
        }
        return builder.call(function, name.offset(), arguments);
    }
}
