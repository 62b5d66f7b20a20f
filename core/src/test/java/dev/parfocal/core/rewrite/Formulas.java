package dev.parfocal.core.rewrite;

import dev.parfocal.core.derive.Derivatives;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import java.util.List;
import java.util.Map;

/** Textbook programs of the pointwise losses, built by hand: logit x, target t, parameters alpha and gamma. */
final class Formulas {

    static final Map<String, Domain> DOMAINS =
            Map.of("t", new Domain(0, 1), "alpha", new Domain(0, 1), "gamma", new Domain(0, 5));

    private final Graph graph = new Graph();
    private final Node x = graph.input("x");
    private final Node t = graph.input("t");
    private final Node alpha = graph.parameter("alpha");
    private final Node gamma = graph.parameter("gamma");
    private final Node p = of(Op.SIGMOID, x);

    private Formulas() {}

    /** Lin et al., with p_t as a mixture: -a_t (1 - p_t)^gamma log p_t. */
    static ScalarProgram focal() {
        Formulas f = new Formulas();
        Node pt = f.mix(f.p, f.less(f.p));
        Node at = f.mix(f.alpha, f.less(f.alpha));
        Node power = f.of(Op.POWER, f.less(pt), f.gamma);
        return f.program(f.of(Op.MULTIPLY, f.of(Op.MULTIPLY, f.of(Op.NEGATE, at), power), f.of(Op.LOG, pt)));
    }

    /** Zhang et al.: target above 0 a weighted cross-entropy, else -alpha p^gamma log(1 - p). */
    static ScalarProgram varifocal() {
        Formulas f = new Formulas();
        Node positive = f.of(Op.MULTIPLY, f.of(Op.NEGATE, f.t), f.crossEntropy());
        Node power = f.of(Op.POWER, f.p, f.gamma);
        Node negative =
                f.of(Op.MULTIPLY, f.of(Op.MULTIPLY, f.of(Op.NEGATE, f.alpha), power), f.of(Op.LOG, f.less(f.p)));
        return f.program(f.of(Op.SELECT, f.of(Op.LESS, f.graph.constant(0), f.t), positive, negative));
    }

    /** Li et al.: -abs(t - p)^gamma (t log p + (1 - t) log(1 - p)). */
    static ScalarProgram qualityFocal() {
        Formulas f = new Formulas();
        Node power = f.of(Op.POWER, f.of(Op.ABS, f.of(Op.SUBTRACT, f.t, f.p)), f.gamma);
        return f.program(f.of(Op.MULTIPLY, f.of(Op.NEGATE, power), f.crossEntropy()));
    }

    private Node crossEntropy() {
        return mix(of(Op.LOG, p), of(Op.LOG, less(p)));
    }

    private Node mix(Node a, Node b) {
        return of(Op.ADD, of(Op.MULTIPLY, t, a), of(Op.MULTIPLY, less(t), b));
    }

    private Node less(Node a) {
        return of(Op.SUBTRACT, graph.constant(1), a);
    }

    private Node of(Op op, Node... operands) {
        return graph.apply(op, operands);
    }

    private ScalarProgram program(Node value) {
        return new ScalarProgram(
                graph, List.of(x), List.of(t), value, Derivatives.of(graph, value, List.of(x)), List.of());
    }
}
