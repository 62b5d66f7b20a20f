package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the lines that declare what is kept between batches: {@code state mean = 0.5 in [0.2, 1] "meaning" momentum 0.02 of
 * target where target > 0}. What is averaged may be defined below, and by the state itself, so it is read last.
 */
final class StateParser {

    private static final String FORM =
            "as in: state mean = 1 in [0, 2] \"running mean of the loss\" momentum 0.01 of iou";

    private final Source source;
    private final Builder builder;
    private final Scope scope;
    private final List<Line> lines = new ArrayList<>();

    /** A state whose rest, from {@code of} on, has still to be read. */
    private record Line(Formula.Declared declared, double momentum, TokenReader rest) {}

    StateParser(Source source, Builder builder, Scope scope) {
        this.source = source;
        this.builder = builder;
        this.scope = scope;
    }

    /** Reads a line up to {@code of}; false if the statement declares no state. */
    boolean line(List<Token> statement) {
        Token first = statement.get(0);
        if (!first.is("state") || !statement.get(1).isName() || scope.isName("state")) {
            return false;
        }
        TokenReader tokens = new TokenReader(source, statement);
        tokens.next();
        Token name = tokens.expectName("the name of the state");
        Formula.Declared declared = DeclarationParser.ranged(tokens, name, "initial", false);
        tokens.expect("momentum", "and the share that a batch has in the mean, " + FORM);
        Token share = tokens.peek();
        double momentum = tokens.expectNumber("the share that a batch has in the mean");
        if (!(momentum > 0 && momentum <= 1)) {
            throw tokens.error(
                    share, "the momentum is the share of the newest batch: above 0 and at most 1, such as 0.02");
        }
        tokens.expect("of", "and what the mean is taken of, " + FORM);
        scope.define(name, builder.parameter(name.text(), false, false), "state");
        lines.add(new Line(declared, momentum, tokens));
        return true;
    }

    /** The states; every definition has been read. */
    List<Formula.State> states() {
        return lines.stream().map(this::state).toList();
    }

    private Formula.State state(Line line) {
        TokenReader tokens = line.rest();
        Term of = expression(tokens, Op.Type.NUMBER, "of");
        Term one = new Term(builder.constant(1), of.start());
        Term zero = new Term(builder.constant(0), of.start());
        Term sum = of;
        Term count = one;
        if (tokens.take("where")) {
            Term where = expression(tokens, Op.Type.BOOLEAN, "where");
            sum = builder.select(where, of, zero);
            count = builder.select(where, one, zero);
        }
        tokens.expectEnd("'where' and a condition, or the end of the line");
        return new Formula.State(line.declared(), line.momentum(), sum.node(), count.node());
    }

    private Term expression(TokenReader tokens, Op.Type wanted, String user) {
        Term term = new ExpressionParser(builder, scope, tokens, "").expression();
        builder.require(term, wanted, user);
        for (Node node : Walk.reachable(List.of(term.node()))) {
            if (builder.isPerClass(node)) {
                throw source.error(
                        term.start(), "a state may not read '" + node.name() + "', which differs from class to class");
            }
            if (node.op().type() == Op.Type.ROW) {
                throw source.error(
                        term.start(),
                        "a state may not read the row '" + node.name() + "': take the mean of what is given");
            }
        }
        return term;
    }
}
