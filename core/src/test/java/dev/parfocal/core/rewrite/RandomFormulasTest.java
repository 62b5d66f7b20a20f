package dev.parfocal.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.derive.DerivativeTable;
import dev.parfocal.core.derive.Derivatives;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.kernel.Interpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Rewritten formulas yield what the formulas as written do. */
class RandomFormulasTest {

    private static final long SEED = 20_260_402;
    private static final int FORMULAS = 3_000;
    private static final Map<String, Domain> DOMAINS = Map.of("t", new Domain(0, 1));
    private static final Op[] UNARY = {
        Op.NEGATE, Op.SIGMOID, Op.SOFTPLUS, Op.EXP, Op.LOG, Op.ABS, Op.SQRT, Op.EXPM1, Op.LOG1P, Op.ATAN, Op.SIGN
    };
    private static final Op[] BINARY = {
        Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.MIN, Op.MAX
    };
    private static final double[] CONSTANTS = {0, 1, 1, 2, 0.5, -1, 0.25};
    private static final double[] EXPONENTS = {0, 0.5, 1, 1.5, 2, 3, 0.3, -1};

    private record Counts(int compared, int wrong, String example) {}

    /**
     * What a program yields.
     *
     * @param finite whether all on the way is finite: formulas that compute with infinities have no one meaning
     */
    private record Result(double value, double gradient, boolean finite) {

        boolean agrees(Result b) {
            return isClose(value, b.value) && isClose(gradient, b.gradient);
        }

        private static boolean isClose(double a, double b) {
            return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
        }
    }

    @Test
    void keepTheirValuesAndGradients() {
        Counts counts = compare(new StableForms(RuleTable.STANDARD, DerivativeTable.STANDARD));
        assertThat(counts.wrong()).as(counts.example()).isZero();
        assertThat(counts.compared()).isGreaterThan(FORMULAS);
    }

    @Test
    void aWrongRuleIsNoticed() {
        Rule wrong =
                Rule.unary("planted: -sigmoid(x) = sigmoid(x)", Op.NEGATE, (s, a) -> a.op() == Op.SIGMOID ? a : null);
        Counts counts = compare(new StableForms(RuleTable.STANDARD.with(wrong), DerivativeTable.STANDARD));
        assertThat(counts.wrong()).isPositive();
    }

    private static Counts compare(StableForms forms) {
        SplittableRandom random = new SplittableRandom(SEED);
        int compared = 0;
        int wrong = 0;
        String example = "";
        for (int i = 0; i < FORMULAS; i++) {
            ScalarProgram written = formula(random);
            ScalarProgram stable = forms.stable(written, Map.of(), DOMAINS);
            for (int k = 0; k < 4; k++) {
                double x = random.nextDouble(-3, 3);
                double t = k < 2 ? k : random.nextDouble();
                Result a = evaluate(written, x, t);
                Result b = evaluate(stable, x, t);
                if (a.finite() && Math.abs(a.value()) < 1e6 && Math.abs(a.gradient()) < 1e6) {
                    compared++;
                    if (!a.agrees(b)) {
                        wrong++;
                        example = Text.of(written.value()) + " at x=" + x + " t=" + t + ": " + a + " became " + b
                                + " by "
                                + stable.outputs().stream().map(Text::of).toList();
                    }
                }
            }
        }
        return new Counts(compared, wrong, example);
    }

    private static ScalarProgram formula(SplittableRandom random) {
        Graph graph = new Graph();
        Node x = graph.input("x");
        Node t = graph.input("t");
        List<Node> nodes = new ArrayList<>(List.of(x, x, t, graph.apply(Op.SIGMOID, x)));
        for (double constant : CONSTANTS) {
            nodes.add(graph.constant(constant));
        }
        int size = 3 + random.nextInt(9);
        for (int i = 0; i < size; i++) {
            nodes.add(step(graph, nodes, random));
        }
        Node value = nodes.get(nodes.size() - 1);
        return new ScalarProgram(
                graph, List.of(x), List.of(t), value, Derivatives.of(graph, value, List.of(x)), List.of());
    }

    private static Node step(Graph graph, List<Node> nodes, SplittableRandom random) {
        Node a = recent(nodes, random);
        Node b = recent(nodes, random);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> graph.apply(UNARY[random.nextInt(UNARY.length)], a);
            case 3 -> graph.apply(Op.SUBTRACT, graph.constant(1), a);
            case 4 -> graph.apply(Op.POWER, a, graph.constant(EXPONENTS[random.nextInt(EXPONENTS.length)]));
            case 5 -> graph.apply(Op.SELECT, graph.apply(Op.LESS, a, b), recent(nodes, random), recent(nodes, random));
            default -> graph.apply(BINARY[random.nextInt(BINARY.length)], a, b);
        };
    }

    private static Node recent(List<Node> nodes, SplittableRandom random) {
        int back = random.nextBoolean() ? random.nextInt(3) : random.nextInt(nodes.size());
        return nodes.get(nodes.size() - 1 - back);
    }

    private static Result evaluate(ScalarProgram program, double x, double t) {
        List<Node> leaves = List.of(program.predicted().get(0), program.given().get(0));
        Interpreter interpreter = new Interpreter(leaves, program.outputs());
        interpreter.set(leaves.get(0), x);
        interpreter.set(leaves.get(1), t);
        interpreter.run();
        boolean finite = Walk.reachable(program.outputs()).stream()
                .filter(node -> node.op().type() == Op.Type.NUMBER)
                .allMatch(node -> Double.isFinite(interpreter.get(node)));
        return new Result(
                interpreter.get(program.value()),
                interpreter.get(program.gradients().get(0)),
                finite);
    }
}
