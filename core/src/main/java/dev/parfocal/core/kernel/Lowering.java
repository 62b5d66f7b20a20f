package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Turns a formula's nodes into steps: the one table of how each operation is computed in float32. */
final class Lowering {

    private static final int MAX_PRODUCT = 64;

    private final Steps steps = new Steps();
    private final Elementary elementary = new Elementary(steps);
    private final Angles angles = new Angles(steps);
    private final Map<Node, Step> done = new HashMap<>();
    private final Set<Step> checked = new HashSet<>();
    private final Signs signs;

    private Lowering(Formula formula) {
        signs = new Signs(formula.outputs());
    }

    /** The steps of a formula's outputs. */
    static List<Step> lower(Formula formula) {
        Lowering lowering = new Lowering(formula);
        for (int i = 0; i < formula.inputs().size(); i++) {
            lowering.done.put(formula.inputs().get(i), lowering.steps.load(i));
        }
        for (int i = 0; i < formula.arguments().size(); i++) {
            lowering.done.put(formula.arguments().get(i), lowering.steps.argument(i));
        }
        formula.checked().forEach(node -> lowering.checked.add(lowering.get(node)));
        Set<Node> leaves = new HashSet<>(lowering.done.keySet());
        for (Node node : Walk.reachable(formula.outputs(), leaves)) {
            if (!leaves.contains(node) && node.op().type() == Op.Type.NUMBER) {
                lowering.done.put(node, lowering.step(node));
            }
        }
        return formula.outputs().stream().map(lowering::get).toList();
    }

    private Step get(Node node) {
        return Objects.requireNonNull(done.get(node), () -> node + " is neither an input nor computed");
    }

    private Step step(Node node) {
        return switch (node.op()) {
            case CONSTANT -> steps.number((float) node.value());
            case ADD -> sum(node.operand(0), node.operand(1));
            case SUBTRACT -> difference(node.operand(0), node.operand(1));
            case MULTIPLY -> steps.multiply(first(node), second(node));
            case DIVIDE -> steps.divide(first(node), second(node));
            case NEGATE -> steps.negate(first(node));
            case POWER -> power(node);
            case EXP ->
                signs.neverPositive(node.operand(0))
                        ? elementary.expNonPositive(first(node))
                        : elementary.exp(first(node));
            case EXPM1 -> elementary.expm1(first(node));
            case LOG -> elementary.log(first(node));
            case LOG1P -> isUnit(node.operand(0)) ? elementary.log1pUnit(first(node)) : elementary.log1p(first(node));
            case SQRT -> steps.of(Prim.SQRT, first(node));
            case ABS -> steps.abs(first(node));
            case SIGN -> sign(first(node));
            case ATAN -> elementary.atan(first(node));
            case SIN -> angles.sin(first(node));
            case COS -> angles.cos(first(node));
            case FLOOR -> elementary.floor(first(node));
            case MIN -> least(second(node), first(node), second(node), first(node));
            case MAX -> least(first(node), second(node), second(node), first(node));
            case SIGMOID -> sigmoid(node.operand(0));
            case SOFTPLUS -> softplus(node.operand(0));
            case SELECT -> select(node.operand(0), get(node.operand(1)), get(node.operand(2)));
            case STOP_GRADIENT -> first(node);
            case INPUT,
                    PARAMETER,
                    ROW,
                    INDEX,
                    ENTRY,
                    LOG_SOFTMAX,
                    EXPECTATION,
                    EXPECTATION_OF,
                    KL_DIVERGENCE,
                    LESS,
                    LESS_EQUAL,
                    EQUAL,
                    AND,
                    OR,
                    NOT -> throw new IllegalArgumentException(node + " is no number that a kernel computes");
        };
    }

    /**
     * A sum of a product and something else is rounded once. A sum of two products is not: equal ones would no longer cancel
     * or count the same.
     */
    private Step sum(Node a, Node b) {
        if (isProduct(a) == isProduct(b)) {
            return steps.add(get(a), get(b));
        }
        Node product = isProduct(a) ? a : b;
        return steps.fma(first(product), second(product), get(isProduct(a) ? b : a));
    }

    private Step difference(Node a, Node b) {
        if (isProduct(a) == isProduct(b)) {
            return steps.subtract(get(a), get(b));
        }
        return isProduct(a)
                ? steps.fma(first(a), second(a), steps.negate(get(b)))
                : steps.fma(steps.negate(first(b)), second(b), get(a));
    }

    private static boolean isProduct(Node node) {
        return node.op() == Op.MULTIPLY;
    }

    private Step first(Node node) {
        return get(node.operand(0));
    }

    private Step second(Node node) {
        return get(node.operand(1));
    }

    /** lower &lt; upper ? whenTrue : whenFalse, where NaN is kept: a comparison alone keeps that of its last operand. */
    private Step least(Step lower, Step upper, Step whenTrue, Step whenFalse) {
        if (isNumber(whenFalse) && !isNumber(whenTrue)) {
            return steps.select(Prim.LESS_EQUAL, upper, lower, whenFalse, whenTrue);
        }
        Step chosen = steps.less(lower, upper, whenTrue, whenFalse);
        return isNumber(whenTrue) ? chosen : steps.equal(whenTrue, whenTrue, chosen, whenTrue);
    }

    private boolean isNumber(Step step) {
        return step.prim() == Prim.FLOAT || checked.contains(step);
    }

    private Step sign(Step a) {
        Step zero = steps.number(0);
        return steps.less(zero, a, steps.number(1), steps.less(a, zero, steps.number(-1), a));
    }

    /** Of x and -x the same exponential and the same quotient are used. */
    private Step sigmoid(Node operand) {
        boolean mirrored = operand.op() == Op.NEGATE;
        Step x = get(mirrored ? operand.operand(0) : operand);
        Step large = elementary.logistic(x).large();
        Step small = elementary.logistic(x).small();
        return mirrored ? steps.less(x, steps.number(0), large, small) : steps.less(x, steps.number(0), small, large);
    }

    /** The part that does not saturate is added last. */
    private Step softplus(Node operand) {
        boolean mirrored = operand.op() == Op.NEGATE;
        Step x = get(mirrored ? operand.operand(0) : operand);
        Step zero = steps.number(0);
        Step relu = mirrored ? steps.less(x, zero, steps.negate(x), zero) : steps.less(zero, x, x, zero);
        return steps.add(relu, elementary.log1pUnit(elementary.logistic(x).e()));
    }

    private boolean isUnit(Node node) {
        return node.op() == Op.EXP && signs.neverPositive(node.operand(0));
    }

    private Step select(Node condition, Step whenTrue, Step whenFalse) {
        return switch (condition.op()) {
            case LESS -> steps.select(Prim.LESS, first(condition), second(condition), whenTrue, whenFalse);
            case LESS_EQUAL -> steps.select(Prim.LESS_EQUAL, first(condition), second(condition), whenTrue, whenFalse);
            case EQUAL -> steps.select(Prim.EQUAL, first(condition), second(condition), whenTrue, whenFalse);
            case NOT -> select(condition.operand(0), whenFalse, whenTrue);
            case AND -> select(condition.operand(0), select(condition.operand(1), whenTrue, whenFalse), whenFalse);
            case OR -> select(condition.operand(0), whenTrue, select(condition.operand(1), whenTrue, whenFalse));
            default -> throw new IllegalArgumentException(condition + " is no condition");
        };
    }

    private Step power(Node node) {
        Node exponent = node.operand(1);
        double twice = 2 * exponent.value();
        boolean simple = exponent.isConstant() && twice == Math.rint(twice) && Math.abs(twice) <= MAX_PRODUCT;
        return simple ? product(first(node), (int) twice) : elementary.power(first(node), second(node));
    }

    /** a to the power of half of {@code twice}, by products and one square root. */
    private Step product(Step a, int twice) {
        int whole = Math.abs(twice) / 2;
        Step result = twice % 2 == 0 ? null : steps.of(Prim.SQRT, a);
        Step square = a;
        for (int bits = whole; bits != 0; bits >>= 1) {
            if ((bits & 1) == 1) {
                result = result == null ? square : steps.multiply(result, square);
            }
            square = bits > 1 ? steps.multiply(square, square) : square;
        }
        Step one = steps.number(1);
        Step positive = result == null ? one : result;
        return twice < 0 ? steps.divide(one, positive) : positive;
    }
}
