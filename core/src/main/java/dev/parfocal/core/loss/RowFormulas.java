package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What every loss of rows computes, whatever its formula: the largest logit of each row, the exponentials and their sum, what
 * follows from the sum, and the gradient.
 *
 * <p>The sum leaves out the largest logit's 1, so that the log-softmax of a sure prediction is exact: -log1p(others).
 */
public final class RowFormulas {

    private final boolean expects;
    private final Graph graph = new Graph();
    private final Node logit = graph.input("logit");
    private final Node largest = graph.input("largest");
    private final Node bestBin = graph.input("best bin");
    private final Node others = graph.input("others");
    private final Node weightedSum = graph.input("weighted sum");
    private final Node inverse = graph.input("inverse");
    private final Node factor = graph.input("factor");
    private final Node expectation = graph.input("expectation");
    private final Node expectedFactor = graph.input("expected factor");
    private final Node bin = graph.parameter("bin");

    private final Formula top;
    private final Formula exponential;
    private final Formula finish;
    private final Formula pick;
    private final Formula gradient;
    private final Formula picked;

    /**
     * Writes the formulas.
     *
     * @param picks how many picks a row has
     * @param expects whether the loss reads the expectation
     */
    RowFormulas(int picks, boolean expects) {
        this.expects = expects;
        top = new Formula(
                List.of(logit, largest, bestBin), List.of(bin), List.of(larger(logit, largest), larger(bin, bestBin)));
        exponential = makeExponential();
        finish = makeFinish();
        pick = makePick();
        gradient = makeGradient();
        picked = makePicked(picks);
    }

    private Node larger(Node whenTrue, Node whenFalse) {
        return graph.apply(Op.SELECT, graph.apply(Op.LESS, largest, logit), whenTrue, whenFalse);
    }

    private Node exp() {
        Node distance = graph.apply(Op.ABS, graph.apply(Op.SUBTRACT, largest, logit));
        return graph.apply(Op.EXP, graph.apply(Op.NEGATE, distance));
    }

    private Formula makeExponential() {
        Node isBest = graph.apply(Op.EQUAL, bestBin, bin);
        Node other = graph.apply(Op.SELECT, isBest, graph.constant(0), exp());
        List<Node> inputs = new ArrayList<>(List.of(logit, largest, bestBin, others));
        List<Node> outputs = new ArrayList<>(List.of(exp(), graph.apply(Op.ADD, others, other)));
        if (expects) {
            inputs.add(weightedSum);
            outputs.add(graph.apply(Op.ADD, weightedSum, graph.apply(Op.MULTIPLY, bin, exp())));
        }
        return new Formula(inputs, List.of(bin), outputs);
    }

    private Formula makeFinish() {
        Node quotient = graph.apply(Op.DIVIDE, graph.constant(1), graph.apply(Op.ADD, graph.constant(1), others));
        List<Node> inputs = new ArrayList<>(List.of(others));
        List<Node> outputs = new ArrayList<>(List.of(graph.apply(Op.LOG1P, others), quotient));
        if (expects) {
            inputs.add(weightedSum);
            outputs.add(graph.apply(Op.MULTIPLY, weightedSum, quotient));
        }
        return new Formula(inputs, List.of(), outputs);
    }

    private Formula makePick() {
        Node logOfSum = graph.input("log of sum");
        Node distance = graph.apply(Op.SUBTRACT, logit, largest);
        Node log = graph.apply(Op.SUBTRACT, distance, logOfSum);
        Node finite = graph.apply(Op.MAX, log, graph.constant(-Float.MAX_VALUE));
        return new Formula(List.of(logit, largest, logOfSum), List.of(), List.of(finite));
    }

    private Formula makeGradient() {
        Node e = graph.input("e");
        List<Node> inputs = new ArrayList<>(List.of(e, inverse, factor));
        Node slope = factor;
        if (expects) {
            inputs.add(expectation);
            inputs.add(expectedFactor);
            slope = graph.apply(Op.ADD, factor, expected(bin));
        }
        Node softmax = graph.apply(Op.MULTIPLY, e, inverse);
        return new Formula(inputs, List.of(bin), List.of(graph.apply(Op.MULTIPLY, softmax, slope)));
    }

    private Node expected(Node at) {
        return graph.apply(Op.MULTIPLY, expectedFactor, graph.apply(Op.SUBTRACT, at, expectation));
    }

    /** The gradient at a picked bin; 1 - softmax is the share of the other bins where it would cancel. */
    private Formula makePicked(int picks) {
        List<Node> inputs = new ArrayList<>(List.of(logit, largest, bestBin, others, inverse, factor));
        List<Node> bins = Stream.iterate(0, i -> i + 1)
                .limit(picks)
                .map(i -> graph.input("bin " + i))
                .toList();
        Node own = graph.constant(0);
        for (int i = 0; i < picks; i++) {
            Node pulled = graph.input("pull " + i);
            Node isSame = graph.apply(Op.EQUAL, bins.get(i), bins.get(0));
            own = graph.apply(Op.ADD, own, graph.apply(Op.SELECT, isSame, pulled, graph.constant(0)));
            inputs.add(bins.get(i));
            inputs.add(pulled);
        }
        if (picks == 0) {
            return pick;
        }
        Node softmax = graph.apply(Op.MULTIPLY, exp(), inverse);
        Node rest = graph.apply(
                Op.SELECT,
                graph.apply(Op.EQUAL, bestBin, bins.get(0)),
                graph.apply(Op.MULTIPLY, others, inverse),
                graph.apply(Op.SUBTRACT, graph.constant(1), softmax));
        Node slope = graph.apply(Op.ADD, factor, own);
        if (expects) {
            inputs.add(expectation);
            inputs.add(expectedFactor);
            slope = graph.apply(Op.ADD, slope, expected(bins.get(0)));
        }
        Node pushed = graph.apply(Op.MULTIPLY, softmax, slope);
        return new Formula(
                inputs, List.of(), List.of(graph.apply(Op.ADD, graph.apply(Op.MULTIPLY, own, rest), pushed)));
    }

    /** (logit, largest, best bin; bin) to (largest, best bin). */
    public Formula top() {
        return top;
    }

    /** (logit, largest, best bin, others, [weighted sum]; bin) to (exp(logit - largest), others, [weighted sum]). */
    public Formula exponential() {
        return exponential;
    }

    /** (others, [weighted sum]) to (log1p(others), 1 / (1 + others), [expectation]). */
    public Formula finish() {
        return finish;
    }

    /** (logit, largest, log of sum) to the log-softmax, which is finite whatever the distance of the logits. */
    public Formula pick() {
        return pick;
    }

    /** (exponential, inverse, factor, [expectation, its factor]; bin) to the gradient of a bin that is not picked. */
    public Formula gradient() {
        return gradient;
    }

    /**
     * (logit, largest, best bin, others, inverse, factor, each pick's bin and gradient beginning with this one's,
     * [expectation, its factor]) to the gradient of a picked bin.
     */
    public Formula picked() {
        return picked;
    }
}
