package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The truth in double, how large the terms are that it is the sum of, and what underflow may take from it in float. */
final class Magnitudes {

    /** Numbers that differ by less, relative to their terms, may be equal in float. */
    private static final double CLOSE = 1e-6;

    private static final Set<Op> KINKS = Set.of(Op.SIGN, Op.LESS, Op.LESS_EQUAL);

    private final ScalarProgram program;
    private final Oracle oracle;
    private final List<Node> order;
    private final List<Node> kinks;
    private final Map<Node, Double> sizes = new HashMap<>();
    private final Underflow underflow;
    private double rowSize;
    private double rowSlack;

    Magnitudes(ScalarProgram program) {
        this.program = program;
        this.oracle = new Oracle(program);
        this.order = Walk.reachable(program.outputs(), Set.copyOf(program.predicted()));
        this.underflow = new Underflow(program, order, oracle);
        this.kinks = Walk.reachable(program.gradients(), Set.copyOf(program.predicted())).stream()
                .filter(node -> KINKS.contains(node.op()))
                .filter(node -> node.operands().stream().anyMatch(Magnitudes::isComputed))
                .toList();
    }

    /** The loss at a point, which the magnitudes are then of. */
    Answer at(double[] predicted, double[] given) {
        Answer answer = oracle.at(predicted, given);
        order.forEach(node -> sizes.put(node, size(node)));
        underflow.update(predicted.length);
        rowSize = 0;
        rowSlack = 0;
        if (oracle.isRow()) {
            rowSize = Arrays.stream(answer.gradient()).map(Math::abs).max().orElse(0);
            for (Node gradient : program.gradients()) {
                rowSize = Math.max(rowSize, of(gradient));
                rowSlack += underflow.of(gradient) + underflow.ofRow(predicted.length) * of(gradient);
            }
        }
        return answer;
    }

    /** The largest of the terms that the value is the sum of: what a rounding error is fairly measured by. */
    double value() {
        return of(program.value());
    }

    /** For a row the largest part of its gradient: every part is a difference of terms as large as that. */
    double gradient(int index) {
        return oracle.isRow() ? rowSize : of(program.gradients().get(index));
    }

    /** How far underflow in float may lead the value astray. */
    double valueSlack() {
        return underflow.of(program.value());
    }

    double gradientSlack(int index) {
        return oracle.isRow() ? rowSlack : underflow.of(program.gradients().get(index));
    }

    /** Whether a number on the way is larger than floats are, though the result is not. */
    boolean isBeyondFloats() {
        return order.stream().anyMatch(node -> Math.abs(oracle.number(node)) > Float.MAX_VALUE);
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
            return Math.abs(oracle.number(first)) <= CLOSE * of(first);
        }
        Node second = kink.operand(1);
        double size = Math.max(of(first), of(second));
        return Math.abs(oracle.number(first) - oracle.number(second)) <= CLOSE * size;
    }

    private static boolean isComputed(Node node) {
        return !node.operands().isEmpty();
    }

    private double of(Node node) {
        return sizes.getOrDefault(node, 0.0);
    }

    private double size(Node node) {
        return switch (program.predicted().contains(node) ? Op.INPUT : node.op()) {
            case ADD, SUBTRACT -> Math.max(of(node.operand(0)), of(node.operand(1)));
            case MULTIPLY -> of(node.operand(0)) * of(node.operand(1));
            case DIVIDE -> of(node.operand(0)) / Math.abs(oracle.number(node.operand(1)));
            case NEGATE, ABS -> of(node.operand(0));
            case SELECT -> of(node.operand(oracle.number(node.operand(0)) != 0 ? 1 : 2));
            case MIN, MAX -> of(node.operand(oracle.number(node.operand(0)) == oracle.number(node) ? 0 : 1));
            default -> Math.abs(oracle.number(node));
        };
    }
}
