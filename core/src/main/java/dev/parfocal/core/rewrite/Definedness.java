package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import java.util.HashMap;
import java.util.Map;

/**
 * Which nodes are numbers whatever the finite inputs within their domains, and which are never zero. A rule may drop only
 * what is a number: zero times the logarithm of zero is not zero. Overflow does not count: what is too large is still a number.
 */
final class Definedness {

    private final Ranges ranges;
    private final Map<Node, Boolean> defined = new HashMap<>();
    private final Map<Node, Boolean> positive = new HashMap<>();
    private final Map<Node, Boolean> nonZero = new HashMap<>();

    Definedness(Ranges ranges) {
        this.ranges = ranges;
    }

    /** Finds out what there is to know of a node; its operands were noted before. */
    void note(Node node) {
        isDefined(node);
        isPositive(node);
        isNonZero(node);
    }

    /** Whether a node has no pole and leaves the domain of no function. */
    boolean isDefined(Node node) {
        Boolean answer = defined.get(node);
        if (answer == null) {
            answer = node.operands().stream().allMatch(this::isDefined) && isInDomain(node);
            defined.put(node, answer);
        }
        return answer;
    }

    /** Whether a node is greater than zero wherever it is defined. */
    boolean isPositive(Node node) {
        Boolean answer = positive.get(node);
        if (answer == null) {
            answer = ranges.of(node).low() > 0 || computePositive(node);
            positive.put(node, answer);
        }
        return answer;
    }

    /** Whether a node is other than zero wherever it is defined. */
    boolean isNonZero(Node node) {
        Boolean answer = nonZero.get(node);
        if (answer == null) {
            answer = isPositive(node) || ranges.of(node).high() < 0 || computeNonZero(node);
            nonZero.put(node, answer);
        }
        return answer;
    }

    private boolean isInDomain(Node node) {
        return switch (node.op()) {
            case CONSTANT -> Double.isFinite(node.value());
            case DIVIDE -> isNonZero(node.operand(1));
            case LOG -> isPositive(node.operand(0));
            case LOG1P -> ranges.of(node.operand(0)).low() > -1;
            case SQRT -> ranges.of(node.operand(0)).isNonNegative();
            case POWER -> isPowerDefined(node.operand(0), node.operand(1));
            default -> true;
        };
    }

    private boolean isPowerDefined(Node base, Node exponent) {
        boolean exponentNonNegative = ranges.of(exponent).isNonNegative();
        if (isPositive(base) || ranges.of(base).isNonNegative() && exponentNonNegative) {
            return true;
        }
        boolean whole = exponent.isConstant() && exponent.value() == Math.rint(exponent.value());
        return whole && (exponentNonNegative || isNonZero(base));
    }

    private boolean computePositive(Node node) {
        return switch (node.op()) {
            case SIGMOID, EXP, SOFTPLUS -> true;
            case MULTIPLY, DIVIDE, MIN -> isPositive(node.operand(0)) && isPositive(node.operand(1));
            case MAX -> isPositive(node.operand(0)) || isPositive(node.operand(1));
            case ADD ->
                isPositive(node.operand(0)) && ranges.of(node.operand(1)).isNonNegative()
                        || isPositive(node.operand(1))
                                && ranges.of(node.operand(0)).isNonNegative();
            case SELECT -> isPositive(node.operand(1)) && isPositive(node.operand(2));
            case POWER, SQRT, STOP_GRADIENT -> isPositive(node.operand(0));
            case ABS -> isNonZero(node.operand(0));
            default -> false;
        };
    }

    private boolean computeNonZero(Node node) {
        return switch (node.op()) {
            case MULTIPLY, DIVIDE -> isNonZero(node.operand(0)) && isNonZero(node.operand(1));
            case NEGATE, STOP_GRADIENT, POWER -> isNonZero(node.operand(0));
            case SELECT -> isNonZero(node.operand(1)) && isNonZero(node.operand(2));
            default -> false;
        };
    }
}
