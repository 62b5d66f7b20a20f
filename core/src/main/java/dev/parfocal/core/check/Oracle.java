package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.Interpreter;
import dev.parfocal.core.kernel.ReferenceRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evaluates a program in double at single points. Not safe for use by several threads. */
public final class Oracle {

    private final ScalarProgram program;
    private final Interpreter interpreter;
    private final boolean isRow;

    /** @param program without arguments: all its parameters are folded in */
    public Oracle(ScalarProgram program) {
        this.program = program;
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        this.interpreter = new Interpreter(leaves, program.roots());
        this.isRow = program.predicted().stream().noneMatch(node -> node.op() == Op.INPUT);
    }

    /**
     * The loss and its gradient at a point.
     *
     * @param predicted one number for each predicted input, or the logits of a row
     * @param given one number for each given input
     */
    public Answer at(double[] predicted, double[] given) {
        for (int i = 0; i < given.length; i++) {
            interpreter.set(program.given().get(i), given[i]);
        }
        double[] gradient = isRow ? new ReferenceRow(program, predicted, given).run(interpreter) : scalars(predicted);
        return new Answer(interpreter.get(program.value()), gradient);
    }

    private double[] scalars(double[] predicted) {
        for (int i = 0; i < predicted.length; i++) {
            interpreter.set(program.predicted().get(i), predicted[i]);
        }
        interpreter.run();
        return program.gradients().stream().mapToDouble(interpreter::get).toArray();
    }

    boolean isRow() {
        return isRow;
    }

    /** What a node is at the point last asked for; truth is 1. */
    public double number(Node node) {
        return interpreter.get(node);
    }

    /** Whether the value at the point last asked for is no number because of a pole or the end of a domain, not of its size. */
    boolean isPole() {
        if (Double.isFinite(number(program.value()))) {
            return false;
        }
        Node node = culprit();
        return switch (node.op()) {
            case DIVIDE -> number(node.operand(1)) == 0;
            case LOG, LOG1P, SQRT -> true;
            case POWER -> number(node.operand(0)) <= 0;
            default -> false;
        };
    }

    /** The sub-expression that made an output infinite or NaN at the point last asked for, while its operands are numbers. */
    public Node culprit() {
        Node at = program.outputs().stream().filter(this::isBroken).findFirst().orElse(program.value());
        for (Optional<Node> below = brokenOperand(at); below.isPresent(); below = brokenOperand(at)) {
            at = below.get();
        }
        return at;
    }

    private Optional<Node> brokenOperand(Node node) {
        if (program.predicted().contains(node)) {
            return Optional.empty();
        }
        boolean choice = node.op() == Op.SELECT;
        List<Node> read = choice ? List.of(node.operand(number(node.operand(0)) != 0 ? 1 : 2)) : node.operands();
        return read.stream().filter(this::isBroken).findFirst();
    }

    private boolean isBroken(Node node) {
        return !Double.isFinite(number(node));
    }
}
