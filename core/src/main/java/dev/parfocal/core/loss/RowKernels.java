package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The code that every loss of rows needs, whatever its formula, column by column: the largest logit of each row, the
 * exponentials and their sum, what follows from the sum, and the gradient.
 *
 * <p>The sum leaves out the largest logit's 1, so that the log-softmax of a sure prediction is exact: -log1p(others).
 */
final class RowKernels {

    private final boolean vector;
    private final boolean expectation;
    private final Graph graph = new Graph();
    private final Node logit = graph.input("logit");
    private final Node largest = graph.input("largest");
    private final Node bestBin = graph.input("best bin");
    private final Node others = graph.input("others");
    private final Node weightedSum = graph.input("weighted sum");
    private final Node bin = graph.parameter("bin");

    private final CompiledKernel top;
    private final CompiledKernel exponential;
    private final CompiledKernel finish;
    private final CompiledKernel gradient;

    RowKernels(boolean vector, boolean expectation) {
        this.vector = vector;
        this.expectation = expectation;
        top = compile(
                List.of(logit, largest, bestBin), List.of(bin), List.of(larger(logit, largest), larger(bin, bestBin)));
        exponential = makeExponential();
        finish = makeFinish();
        gradient = makeGradient();
    }

    private Node larger(Node whenTrue, Node whenFalse) {
        return graph.apply(Op.SELECT, graph.apply(Op.LESS, largest, logit), whenTrue, whenFalse);
    }

    private CompiledKernel makeExponential() {
        Node distance = graph.apply(Op.ABS, graph.apply(Op.SUBTRACT, largest, logit));
        Node e = graph.apply(Op.EXP, graph.apply(Op.NEGATE, distance));
        Node isBest = graph.apply(Op.EQUAL, bestBin, bin);
        Node other = graph.apply(Op.SELECT, isBest, graph.constant(0), e);
        List<Node> inputs = new ArrayList<>(List.of(logit, largest, bestBin, others));
        List<Node> outputs = new ArrayList<>(List.of(e, graph.apply(Op.ADD, others, other)));
        if (expectation) {
            inputs.add(weightedSum);
            outputs.add(graph.apply(Op.ADD, weightedSum, graph.apply(Op.MULTIPLY, bin, e)));
        }
        return compile(inputs, List.of(bin), outputs);
    }

    private CompiledKernel makeFinish() {
        Node inverse = graph.apply(Op.DIVIDE, graph.constant(1), graph.apply(Op.ADD, graph.constant(1), others));
        List<Node> inputs = new ArrayList<>(List.of(others));
        List<Node> outputs = new ArrayList<>(List.of(graph.apply(Op.LOG1P, others), inverse));
        if (expectation) {
            inputs.add(weightedSum);
            outputs.add(graph.apply(Op.MULTIPLY, weightedSum, inverse));
        }
        return compile(inputs, List.of(), outputs);
    }

    private CompiledKernel makeGradient() {
        Node e = graph.input("e");
        Node factor = graph.input("factor");
        List<Node> inputs = new ArrayList<>(List.of(e, factor));
        Node slope = factor;
        if (expectation) {
            Node expected = graph.input("expected");
            Node expectedFactor = graph.input("expected factor");
            inputs.add(expected);
            inputs.add(expectedFactor);
            Node distance = graph.apply(Op.SUBTRACT, bin, expected);
            slope = graph.apply(Op.ADD, factor, graph.apply(Op.MULTIPLY, expectedFactor, distance));
        }
        return compile(inputs, List.of(bin), List.of(graph.apply(Op.MULTIPLY, e, slope)));
    }

    private CompiledKernel compile(List<Node> inputs, List<Node> arguments, List<Node> outputs) {
        int columns = inputs.size() + outputs.size();
        return Kernels.compile(
                new Formula(inputs, arguments, outputs), false, Collections.nCopies(columns, false), vector);
    }

    boolean hasExpectation() {
        return expectation;
    }

    /** (logit, largest, best bin; bin) to (largest, best bin). */
    CompiledKernel top() {
        return top;
    }

    /** (logit, largest, best bin, others, [weighted sum]; bin) to (exp(logit - largest), others, [weighted sum]). */
    CompiledKernel exponential() {
        return exponential;
    }

    /** (others, [weighted sum]) to (log1p(others), 1 / (1 + others), [expectation]). */
    CompiledKernel finish() {
        return finish;
    }

    /** (exponential, factor, [expectation, its factor]; bin) to the gradient. */
    CompiledKernel gradient() {
        return gradient;
    }

    boolean isWarm() {
        return top.isWarm() && exponential.isWarm() && finish.isWarm() && gradient.isWarm();
    }
}
