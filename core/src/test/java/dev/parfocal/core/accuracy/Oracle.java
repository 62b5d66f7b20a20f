package dev.parfocal.core.accuracy;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.hipparchus.dfp.Dfp;
import org.hipparchus.dfp.DfpField;

/**
 * The textbook formula as written, value and derivative, in so many digits that cancellation leaves more than fifty of them.
 * It knows neither the derivative table nor the stable forms.
 */
final class Oracle {

    private static final int DIGITS = 64;

    private static final Map<Integer, DfpField> FIELDS = new ConcurrentHashMap<>();

    private final List<Node> order;
    private final Node variable;
    private final Node root;

    /** The oracle of a textbook program with one predicted input, whose parameters are folded in. */
    Oracle(ScalarProgram textbook) {
        variable = textbook.predicted().get(0);
        root = textbook.value();
        order = Walk.reachable(List.of(root), Set.copyOf(textbook.predicted()));
    }

    /** Value and derivative at a logit, other inputs by name. */
    Dual at(double logit, Map<String, Double> given) {
        DfpField field = FIELDS.computeIfAbsent(digits(logit), DfpField::new);
        Map<Node, Dual> values = new HashMap<>();
        for (Node node : order) {
            values.put(node, value(node, logit, given, values, field));
        }
        return values.get(root);
    }

    /** What 1 - sigmoid(logit) loses, and fifty more; few different numbers, as constants of a field take long to make. */
    private static int digits(double logit) {
        int digits = DIGITS;
        while (digits < 50 + Math.abs(logit) * 0.45) {
            digits += 40;
        }
        return digits;
    }

    private Dual value(Node node, double logit, Map<String, Double> given, Map<Node, Dual> values, DfpField field) {
        if (node == variable) {
            return new Dual(field.newDfp(logit), field.getOne());
        }
        return switch (node.op()) {
            case CONSTANT -> Dual.constant(field.newDfp(node.value()));
            case INPUT, PARAMETER -> Dual.constant(field.newDfp(given.get(node.name())));
            case LESS, LESS_EQUAL, EQUAL, AND, OR, NOT -> truth(node, values, field);
            case SELECT ->
                values.get(node.operand(values.get(node.operand(0)).value().isZero() ? 2 : 1));
            default ->
                apply(
                        node.op(),
                        values.get(node.operand(0)),
                        values.get(node.operand(node.op().arity() - 1)));
        };
    }

    private static Dual truth(Node node, Map<Node, Dual> values, DfpField field) {
        Dfp a = values.get(node.operand(0)).value();
        Dfp b = values.get(node.operand(node.op().arity() - 1)).value();
        boolean yes = switch (node.op()) {
            case LESS -> a.lessThan(b);
            case LESS_EQUAL -> !a.greaterThan(b);
            case EQUAL -> a.equals(b);
            case AND -> !a.isZero() && !b.isZero();
            case OR -> !a.isZero() || !b.isZero();
            default -> a.isZero();
        };
        return Dual.constant(yes ? field.getOne() : field.getZero());
    }

    private static Dual apply(Op op, Dual a, Dual b) {
        return switch (op) {
            case ADD -> a.plus(b);
            case SUBTRACT -> a.minus(b);
            case MULTIPLY -> a.times(b);
            case DIVIDE -> a.over(b);
            case NEGATE -> a.negated();
            case POWER -> a.power(b.value());
            case EXP -> a.exp();
            case LOG -> a.log();
            case SQRT -> a.sqrt();
            case ABS -> a.abs();
            case SIGMOID -> a.sigmoid();
            case EXPM1 -> a.exp().minus(Dual.constant(a.value().getOne()));
            case LOG1P -> a.plus(Dual.constant(a.value().getOne())).log();
            case SIGN -> Dual.constant(a.value().sign());
            case FLOOR -> Dual.constant(a.value().floor());
            case ATAN -> a.atan();
            case SIN -> a.sin();
            case COS -> a.cos();
            case SOFTPLUS -> Dual.constant(a.value().getOne()).plus(a.exp()).log();
            case STOP_GRADIENT -> Dual.constant(a.value());
            case MIN -> a.value().lessThan(b.value()) ? a : b;
            case MAX -> a.value().greaterThan(b.value()) ? a : b;
            default -> throw new IllegalArgumentException(op + " is not computed here");
        };
    }
}
