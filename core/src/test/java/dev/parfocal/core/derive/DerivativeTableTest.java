package dev.parfocal.core.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.Interpreter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DerivativeTableTest {

    /** What the executors differentiate, not the graph. */
    private static final Set<Op> OF_ROWS =
            EnumSet.of(Op.ROW, Op.INDEX, Op.ENTRY, Op.LOG_SOFTMAX, Op.EXPECTATION, Op.EXPECTATION_OF, Op.KL_DIVERGENCE);

    private static final double[][] POINTS = {{0.37, 1.7}, {1.9, 0.6}, {2.3, -1.2}, {-0.8, 2.1}, {-1.4, -0.3}};

    static Stream<Op> numberOps() {
        return Stream.of(Op.values()).filter(op -> op.type() == Op.Type.NUMBER && !OF_ROWS.contains(op));
    }

    @ParameterizedTest
    @MethodSource("numberOps")
    void hasARule(Op op) {
        DerivativeTable table = DerivativeTable.STANDARD;
        assertThat(table.rules().containsKey(op) || table.branches().containsKey(op))
                .isTrue();
    }

    static Stream<Op> functions() {
        return numberOps().filter(op -> op.arity() > 0);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void agreesWithCentralDifferences(Op op) {
        assertThat(worst(op, DerivativeTable.STANDARD)).isLessThan(1e-7);
    }

    static Stream<Op> functionsWithSlope() {
        return functions()
                .filter(op -> !EnumSet.of(Op.SIGN, Op.FLOOR, Op.STOP_GRADIENT, Op.SELECT)
                        .contains(op));
    }

    @ParameterizedTest
    @MethodSource("functionsWithSlope")
    void aWrongRuleIsNoticed(Op op) {
        DerivativeTable.Rule wrong = (terms, node, adjoint) -> terms.times(1.01, adjoint);
        DerivativeTable.Rule[] rules =
                IntStream.range(0, op.arity()).mapToObj(i -> wrong).toArray(DerivativeTable.Rule[]::new);
        assertThat(worst(op, DerivativeTable.STANDARD.with(op, rules))).isGreaterThan(1e-4);
    }

    /** The greatest relative error of the derivatives of one operation, at points where it is smooth. */
    private static double worst(Op op, DerivativeTable table) {
        double worst = 0;
        for (double[] point : POINTS) {
            Graph graph = new Graph();
            List<Node> leaves = IntStream.range(0, Math.min(op.arity(), 2))
                    .mapToObj(i -> graph.input("x" + i))
                    .toList();
            Node value = apply(graph, op, leaves);
            List<Node> gradient = Derivatives.of(graph, value, leaves, table);
            if (Double.isNaN(evaluate(leaves, value, point)) || op == Op.STOP_GRADIENT) {
                continue;
            }
            for (int i = 0; i < leaves.size(); i++) {
                double difference = difference(leaves, value, point, i);
                double slope = evaluate(leaves, gradient.get(i), point);
                worst = Math.max(worst, Math.abs(slope - difference) / Math.max(1, Math.abs(difference)));
            }
        }
        return worst;
    }

    private static Node apply(Graph graph, Op op, List<Node> leaves) {
        if (op != Op.SELECT) {
            return graph.apply(op, leaves);
        }
        Node condition = graph.apply(Op.LESS, leaves.get(0), leaves.get(1));
        return graph.apply(op, condition, leaves.get(0), leaves.get(1));
    }

    private static double difference(List<Node> leaves, Node value, double[] point, int i) {
        double step = 1e-5;
        double[] above = point.clone();
        double[] below = point.clone();
        above[i] += step;
        below[i] -= step;
        return (evaluate(leaves, value, above) - evaluate(leaves, value, below)) / (2 * step);
    }

    private static double evaluate(List<Node> leaves, Node root, double[] point) {
        Interpreter interpreter = new Interpreter(leaves, List.of(root));
        for (int i = 0; i < leaves.size(); i++) {
            interpreter.set(leaves.get(i), point[i]);
        }
        interpreter.run();
        return interpreter.get(root);
    }

    @Test
    void pointsSeeEveryFunction() {
        List<Op> unseen = new ArrayList<>();
        functions().filter(op -> !OF_ROWS.contains(op)).forEach(op -> {
            boolean seen = Stream.of(POINTS).anyMatch(point -> {
                Graph graph = new Graph();
                List<Node> leaves = List.of(graph.input("x0"), graph.input("x1"));
                return Double.isFinite(evaluate(
                        leaves, apply(graph, op, leaves.subList(0, Math.min(2, op.arity()))), point));
            });
            if (!seen) {
                unseen.add(op);
            }
        });
        assertThat(unseen).isEmpty();
    }
}
