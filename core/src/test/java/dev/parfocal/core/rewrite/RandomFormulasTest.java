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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rewritten formulas yield what the formulas as written do, at zeros and at the ends of the target too; where the text is no
 * number, because of a pole or the end of a domain, neither are they.
 */
class RandomFormulasTest {

    private static final long SEED = 20_260_402;
    private static final int FORMULAS = 3_000;
    private static final Map<String, Domain> DOMAINS = Map.of("t", new Domain(0, 1));
    private static final Op[] UNARY = {
        Op.NEGATE,
        Op.SIGMOID,
        Op.SOFTPLUS,
        Op.EXP,
        Op.LOG,
        Op.ABS,
        Op.SQRT,
        Op.EXPM1,
        Op.LOG1P,
        Op.ATAN,
        Op.SIN,
        Op.COS,
        Op.SIGN,
        Op.FLOOR,
        Op.STOP_GRADIENT
    };
    private static final Op[] BINARY = {
        Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.DIVIDE, Op.ADD, Op.SUBTRACT, Op.MULTIPLY, Op.MIN, Op.MAX
    };
    private static final double[] CONSTANTS = {0, 1, 1, 2, 0.5, -1, 0.25};
    private static final double[] EXPONENTS = {0, 0.5, 1, 1.5, 2, 3, 0.3, -1};

    private static final double[] SPECIAL = {0, 1, -1, 0.5};

    private record Counts(int compared, int undefined, int wrong, String example) {}

    /**
     * What a program yields.
     *
     * @param finite whether all on the way is finite: formulas that compute with infinities have no one meaning
     * @param pole whether the first that is not finite is so because of a pole or the end of a domain, not of its size
     */
    private record Result(double value, double gradient, boolean finite, boolean pole) {

        /** Whether the text has no value, or one that it got by computing with what is none. */
        boolean isUndefined() {
            return !finite && pole;
        }

        /** Whether a rewritten formula does not make up a value where the text has none. */
        boolean admits(Result b) {
            return !Double.isFinite(b.value) || isClose(value, b.value);
        }

        boolean agrees(Result b) {
            return isClose(value, b.value) && isClose(gradient, b.gradient);
        }

        /** At zeros and ends there are ties and kinks, where a gradient is a matter of agreement. */
        boolean hasValueOf(Result b) {
            return isClose(value, b.value);
        }

        private static boolean isClose(double a, double b) {
            return Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(a));
        }
    }

    private static final Set<Rule> FIRED = new HashSet<>();
    private static Counts counts;

    /** All formulas once, by rules that say when they are at work. */
    @BeforeAll
    static void compareAll() {
        List<Rule> watched = RuleTable.STANDARD.rules().stream()
                .map(rule -> new Rule(rule.name(), rule.op(), (s, operands) -> {
                    Node form = rule.form().of(s, operands);
                    if (form != null) {
                        FIRED.add(rule);
                    }
                    return form;
                }))
                .toList();
        counts = compare(new StableForms(new RuleTable(watched), DerivativeTable.STANDARD), false);
    }

    @Test
    void keepTheirValuesAndGradients() {
        assertThat(counts.wrong()).as(counts.example()).isZero();
        assertThat(counts.compared()).isGreaterThan(FORMULAS);
        assertThat(counts.undefined()).isGreaterThan(FORMULAS / 10);
    }

    @Test
    void askEveryRule() {
        assertThat(RuleTable.STANDARD.rules().stream()
                        .filter(rule -> !FIRED.contains(rule))
                        .map(rule -> rule.op() + ": " + rule.name()))
                .as("rules that no formula needed")
                .isEmpty();
    }

    @Test
    void aRuleThatMakesUpAValueIsNoticed() {
        Rule wrong =
                Rule.binary("planted: a / a = 1 for all a", Op.DIVIDE, (s, a, b) -> a.equals(b) ? s.number(1) : null);
        assertThat(firstWrong(wrong).wrong()).isPositive();
    }

    @Test
    void aWrongRuleIsNoticed() {
        Rule wrong =
                Rule.unary("planted: -sigmoid(x) = sigmoid(x)", Op.NEGATE, (s, a) -> a.op() == Op.SIGMOID ? a : null);
        assertThat(firstWrong(wrong).wrong()).isPositive();
    }

    private static Counts firstWrong(Rule planted) {
        return compare(new StableForms(RuleTable.STANDARD.with(planted), DerivativeTable.STANDARD), true);
    }

    private static Counts compare(StableForms forms, boolean stopsAtFirst) {
        SplittableRandom random = new SplittableRandom(SEED);
        int compared = 0;
        int undefined = 0;
        int wrong = 0;
        String example = "";
        for (int i = 0; i < FORMULAS && !(stopsAtFirst && wrong > 0); i++) {
            ScalarProgram written = formula(random);
            ScalarProgram stable = forms.stable(written, Map.of(), DOMAINS);
            Evaluator first = new Evaluator(written);
            Evaluator second = new Evaluator(stable);
            for (int k = 0; k < 8; k++) {
                double x = k < 4 ? random.nextDouble(-3, 3) : SPECIAL[random.nextInt(SPECIAL.length)];
                double t = k % 4 < 2 ? k % 2 : random.nextDouble();
                Result a = first.at(x, t);
                Result b = second.at(x, t);
                boolean moderate = a.finite() && Math.abs(a.value()) < 1e6 && Math.abs(a.gradient()) < 1e6;
                if (moderate || a.isUndefined()) {
                    compared++;
                    undefined += moderate ? 0 : 1;
                    boolean agrees = k < 4 ? a.agrees(b) : a.hasValueOf(b);
                    if (moderate ? !agrees : !a.admits(b)) {
                        wrong++;
                        example = Text.of(written.value()) + " at x=" + x + " t=" + t + ": " + a + " became " + b
                                + " by "
                                + stable.outputs().stream().map(Text::of).toList();
                    }
                }
            }
        }
        return new Counts(compared, undefined, wrong, example);
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
        return switch (random.nextInt(11)) {
            case 0, 1, 2 -> graph.apply(UNARY[random.nextInt(UNARY.length)], a);
            case 3 -> graph.apply(Op.SUBTRACT, graph.constant(1), a);
            case 4 -> graph.apply(Op.POWER, a, graph.constant(EXPONENTS[random.nextInt(EXPONENTS.length)]));
            case 5 ->
                graph.apply(
                        Op.SELECT, condition(graph, nodes, random, 2), recent(nodes, random), recent(nodes, random));
            case 6, 7 -> Idiom.values()[random.nextInt(Idiom.values().length)].of(graph, a, b, recent(nodes, random));
            default -> graph.apply(BINARY[random.nextInt(BINARY.length)], a, b);
        };
    }

    private static Node condition(Graph graph, List<Node> nodes, SplittableRandom random, int depth) {
        Node a = recent(nodes, random);
        Node b = recent(nodes, random);
        return switch (random.nextInt(depth == 0 ? 3 : 6)) {
            case 0 -> graph.apply(Op.LESS, a, b);
            case 1 -> graph.apply(Op.LESS_EQUAL, a, b);
            case 2 -> graph.apply(Op.EQUAL, a, b);
            case 3 -> graph.apply(Op.NOT, condition(graph, nodes, random, depth - 1));
            case 4 ->
                graph.apply(
                        Op.AND, condition(graph, nodes, random, depth - 1), condition(graph, nodes, random, depth - 1));
            default ->
                graph.apply(
                        Op.OR, condition(graph, nodes, random, depth - 1), condition(graph, nodes, random, depth - 1));
        };
    }

    private static Node recent(List<Node> nodes, SplittableRandom random) {
        int back = random.nextBoolean() ? random.nextInt(3) : random.nextInt(nodes.size());
        return nodes.get(nodes.size() - 1 - back);
    }

    /** One program, to be evaluated at several points. */
    private static final class Evaluator {

        private final ScalarProgram program;
        private final List<Node> leaves;
        private final Interpreter interpreter;
        private final List<Node> all;
        private final List<Node> ofValue;

        Evaluator(ScalarProgram program) {
            this.program = program;
            leaves = List.of(program.predicted().get(0), program.given().get(0));
            interpreter = new Interpreter(leaves, program.outputs());
            all = numbers(program.outputs());
            ofValue = numbers(List.of(program.value()));
        }

        private static List<Node> numbers(List<Node> roots) {
            return Walk.reachable(roots).stream()
                    .filter(node -> node.op().type() == Op.Type.NUMBER)
                    .toList();
        }

        Result at(double x, double t) {
            interpreter.set(leaves.get(0), x);
            interpreter.set(leaves.get(1), t);
            interpreter.run();
            boolean pole = ofValue.stream()
                    .filter(node -> !Double.isFinite(interpreter.get(node)))
                    .findFirst()
                    .filter(node -> isPole(node, interpreter))
                    .isPresent();
            return new Result(
                    interpreter.get(program.value()),
                    interpreter.get(program.gradients().get(0)),
                    all.stream().allMatch(node -> Double.isFinite(interpreter.get(node))),
                    pole);
        }
    }

    private static boolean isPole(Node node, Interpreter interpreter) {
        double last = interpreter.get(node.operand(node.operands().size() - 1));
        return switch (node.op()) {
            case DIVIDE -> last == 0;
            case LOG, LOG1P, SQRT -> true;
            case POWER -> interpreter.get(node.operand(0)) <= 0;
            default -> false;
        };
    }
}
