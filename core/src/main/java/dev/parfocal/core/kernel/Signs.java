package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Walk;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Which nodes can never be negative, and which never positive, whatever the inputs. */
final class Signs {

    private final Set<Node> notNegative = new HashSet<>();
    private final Set<Node> notPositive = new HashSet<>();

    Signs(Collection<Node> roots) {
        for (Node node : Walk.reachable(roots)) {
            if (isNotNegative(node)) {
                notNegative.add(node);
            }
            if (isNotPositive(node)) {
                notPositive.add(node);
            }
        }
    }

    boolean neverPositive(Node node) {
        return notPositive.contains(node);
    }

    private boolean isNotNegative(Node node) {
        return switch (node.op()) {
            case ABS, EXP, SQRT, SIGMOID, SOFTPLUS -> true;
            case CONSTANT -> node.value() >= 0;
            case NEGATE -> notPositive.contains(node.operand(0));
            case ADD, MAX, MIN -> both(notNegative, node);
            case MULTIPLY, DIVIDE -> both(notNegative, node) || both(notPositive, node);
            default -> false;
        };
    }

    private boolean isNotPositive(Node node) {
        return switch (node.op()) {
            case CONSTANT -> node.value() <= 0;
            case NEGATE -> notNegative.contains(node.operand(0));
            case ADD, MAX, MIN -> both(notPositive, node);
            case MULTIPLY, DIVIDE -> mixed(node.operand(0), node.operand(1)) || mixed(node.operand(1), node.operand(0));
            default -> false;
        };
    }

    private static boolean both(Set<Node> known, Node node) {
        return known.contains(node.operand(0)) && known.contains(node.operand(1));
    }

    private boolean mixed(Node positive, Node negative) {
        return notNegative.contains(positive) && notPositive.contains(negative);
    }
}
