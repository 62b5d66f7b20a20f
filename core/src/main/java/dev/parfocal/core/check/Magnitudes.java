package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** The truth in double, and how large the terms are that it is the sum of: what a rounding error is fairly measured by. */
final class Magnitudes {

    /** How far down sums are looked into. */
    private static final int DEPTH = 24;

    /** Numbers that differ by less, relative to their terms, may be equal in float. */
    private static final double CLOSE = 1e-6;

    private static final Set<Op> KINKS = Set.of(Op.SIGN, Op.LESS, Op.LESS_EQUAL);

    private final ScalarProgram program;
    private final Oracle oracle;
    private final List<Node> kinks;
    private double[] row = {};

    Magnitudes(ScalarProgram program) {
        this.program = program;
        this.oracle = new Oracle(program);
        this.kinks = Walk.reachable(program.gradients(), Set.copyOf(program.predicted())).stream()
                .filter(node -> KINKS.contains(node.op()))
                .filter(node -> node.operands().stream().anyMatch(Magnitudes::isComputed))
                .toList();
    }

    /** The loss at a point, which the magnitudes are then of. */
    Answer at(double[] predicted, double[] given) {
        Answer answer = oracle.at(predicted, given);
        row = oracle.isRow() ? answer.gradient() : new double[0];
        return answer;
    }

    double value() {
        return of(program.value(), DEPTH);
    }

    /** For a row the largest part of its gradient: every part is a difference of terms as large as that. */
    double gradient(int index) {
        if (oracle.isRow()) {
            double size = program.gradients().stream()
                    .mapToDouble(node -> of(node, DEPTH))
                    .max()
                    .orElse(0);
            return Math.max(size, Arrays.stream(row).map(Math::abs).max().orElse(0));
        }
        return of(program.gradients().get(index), DEPTH);
    }

    /**
     * Whether rounding may decide a comparison or a sign, so that a float may rightly take the other side's gradient. What is
     * read and not computed is compared exactly.
     */
    boolean isAtKink() {
        return kinks.stream().anyMatch(this::isClose);
    }

    private boolean isClose(Node kink) {
        Node first = kink.operand(0);
        if (kink.op() == Op.SIGN) {
            return Math.abs(oracle.number(first)) <= CLOSE * of(first, DEPTH);
        }
        Node second = kink.operand(1);
        double size = Math.max(of(first, DEPTH), of(second, DEPTH));
        return Math.abs(oracle.number(first) - oracle.number(second)) <= CLOSE * size;
    }

    private static boolean isComputed(Node node) {
        return !node.operands().isEmpty();
    }

    private double of(Node node, int depth) {
        double value = Math.abs(oracle.number(node));
        if (depth == 0) {
            return value;
        }
        return switch (node.op()) {
            case ADD, SUBTRACT -> Math.max(of(node.operand(0), depth - 1), of(node.operand(1), depth - 1));
            case MULTIPLY -> of(node.operand(0), depth - 1) * of(node.operand(1), depth - 1);
            case DIVIDE -> of(node.operand(0), depth - 1) / Math.abs(oracle.number(node.operand(1)));
            case NEGATE, ABS -> of(node.operand(0), depth - 1);
            case SELECT -> of(node.operand(oracle.number(node.operand(0)) != 0 ? 1 : 2), depth - 1);
            default -> value;
        };
    }
}
