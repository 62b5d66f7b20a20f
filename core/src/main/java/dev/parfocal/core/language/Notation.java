package dev.parfocal.core.language;

import dev.parfocal.core.graph.Op;
import dev.parfocal.core.language.FormulaPrinter.Piece;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How an operation is written.
 *
 * @param template {@code %s} for each operand
 * @param precedence how tightly the whole binds
 * @param places how tightly each operand must bind to stand without parentheses
 */
record Notation(String template, Precedence precedence, List<Precedence> places) {

    static final Notation NOT_EQUAL = infix("!=", Precedence.COMPARISON, Precedence.SUM, Precedence.SUM);

    private static final Map<Op, Notation> TABLE = Map.ofEntries(
            Map.entry(Op.ADD, infix("+", Precedence.SUM, Precedence.SUM, Precedence.PRODUCT)),
            Map.entry(Op.SUBTRACT, infix("-", Precedence.SUM, Precedence.SUM, Precedence.PRODUCT)),
            Map.entry(Op.MULTIPLY, infix("*", Precedence.PRODUCT, Precedence.PRODUCT, Precedence.MINUS)),
            Map.entry(Op.DIVIDE, infix("/", Precedence.PRODUCT, Precedence.PRODUCT, Precedence.MINUS)),
            Map.entry(Op.NEGATE, new Notation("-%s", Precedence.MINUS, List.of(Precedence.MINUS))),
            Map.entry(Op.POWER, new Notation("%s^%s", Precedence.POWER, List.of(Precedence.PRIMARY, Precedence.MINUS))),
            Map.entry(Op.LESS, infix("<", Precedence.COMPARISON, Precedence.SUM, Precedence.SUM)),
            Map.entry(Op.LESS_EQUAL, infix("<=", Precedence.COMPARISON, Precedence.SUM, Precedence.SUM)),
            Map.entry(Op.EQUAL, infix("==", Precedence.COMPARISON, Precedence.SUM, Precedence.SUM)),
            Map.entry(Op.AND, infix("and", Precedence.AND, Precedence.AND, Precedence.NOT)),
            Map.entry(Op.OR, infix("or", Precedence.OR, Precedence.OR, Precedence.AND)),
            Map.entry(
                    Op.ENTRY,
                    new Notation("%s[%s]", Precedence.PRIMARY, List.of(Precedence.PRIMARY, Precedence.CHOICE))),
            Map.entry(Op.NOT, new Notation("not %s", Precedence.NOT, List.of(Precedence.NOT))),
            Map.entry(
                    Op.SELECT,
                    new Notation(
                            "%s ? %s : %s",
                            Precedence.CHOICE, List.of(Precedence.OR, Precedence.CHOICE, Precedence.CHOICE))));

    private static Notation infix(String sign, Precedence whole, Precedence left, Precedence right) {
        return new Notation("%s " + sign + " %s", whole, List.of(left, right));
    }

    /** Anything without a sign of its own is a function. */
    static Notation of(Op op) {
        Notation infix = TABLE.get(op);
        if (infix != null) {
            return infix;
        }
        List<Precedence> places = java.util.Collections.nCopies(op.arity(), Precedence.CHOICE);
        String arguments = String.join(", ", java.util.Collections.nCopies(op.arity(), "%s"));
        return new Notation(op.name().toLowerCase(Locale.ROOT) + "(" + arguments + ")", Precedence.PRIMARY, places);
    }

    Piece write(List<Piece> operands) {
        Object[] texts = new Object[operands.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = operands.get(i).in(places.get(i));
        }
        return new Piece(String.format(Locale.ROOT, template, texts), precedence);
    }
}
