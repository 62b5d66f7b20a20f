package dev.parfocal.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.kernel.Interpreter;
import dev.parfocal.core.rewrite.Simplifier.Stage;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StableFormsTest {

    private final Graph graph = new Graph();
    private final Node x = graph.input("x");
    private final Node t = graph.input("t");
    private final Node one = graph.constant(1);
    private final Node p = of(Op.SIGMOID, x);

    @Test
    void logsOfSigmoids() {
        assertThat(text(of(Op.LOG, p))).isEqualTo("-softplus(-x)");
        assertThat(text(of(Op.LOG, less(p)))).isEqualTo("-softplus(x)");
        assertThat(text(of(Op.LOG, of(Op.MULTIPLY, p, less(p))))).isEqualTo("-(softplus(-x) + softplus(x))");
        assertThat(text(of(Op.DIVIDE, one, of(Op.ADD, one, of(Op.EXP, of(Op.NEGATE, x))))))
                .isEqualTo("sigmoid(x)");
        assertThat(text(of(Op.LOG, of(Op.ADD, one, of(Op.EXP, x))))).isEqualTo("softplus(x)");
        assertThat(text(of(Op.SUBTRACT, of(Op.SOFTPLUS, x), x))).isEqualTo("softplus(-x)");
    }

    @Test
    void complementsGoInwards() {
        assertThat(text(less(less(p)))).isEqualTo("sigmoid(x)");
        assertThat(text(less(of(Op.EXP, x)))).isEqualTo("-expm1(x)");
        Node mixture = of(Op.ADD, of(Op.MULTIPLY, t, p), of(Op.MULTIPLY, less(t), less(p)));
        assertThat(text(less(mixture))).isEqualTo("((t * sigmoid(-x)) + (sigmoid(x) * (1.0 - t)))");
    }

    @Test
    void powersByProductsAndRoots() {
        assertThat(text(of(Op.POWER, p, graph.constant(0)))).isEqualTo("1.0");
        assertThat(text(of(Op.POWER, p, graph.constant(3)))).isEqualTo("((sigmoid(x) * sigmoid(x)) * sigmoid(x))");
        assertThat(text(of(Op.POWER, p, graph.constant(1.5)))).isEqualTo("(sigmoid(x) * sqrt(sigmoid(x)))");
        assertThat(text(of(Op.POWER, p, graph.constant(0.3)))).isEqualTo("exp(-(0.3 * softplus(-x)))");
        assertThat(text(of(Op.POWER, x, graph.constant(1.5)))).isEqualTo("power(x, 1.5)");
    }

    @Test
    void rangesDecide() {
        assertThat(text(of(Op.ABS, of(Op.NEGATE, p)))).isEqualTo("sigmoid(x)");
        assertThat(text(of(Op.SELECT, of(Op.LESS, t, zero()), x, p))).isEqualTo("sigmoid(x)");
        assertThat(text(of(Op.MAX, p, graph.constant(-1)))).isEqualTo("sigmoid(x)");
    }

    @ParameterizedTest
    @CsvSource({
        "focal, ((0.75 * (sigmoid(logit) * sigmoid(logit))) * softplus(logit)),"
                + " ((0.75 * (sigmoid(logit) * sigmoid(logit)))"
                + " * (sigmoid(logit) + ((2.0 * sigmoid(-logit)) * min(softplus(logit); 3.4028234663852886E38))))",
        "bce, softplus(logit), sigmoid(logit)"
    })
    void backgroundIsWhatOneWouldWriteByHand(String name, String value, String gradient) {
        ScalarProgram background = StableForms.at(Catalogue.get(name).program(), Map.of("target", 0.0));
        assertThat(background.given()).isEmpty();
        assertThat(Text.of(background.value())).isEqualTo(value);
        assertThat(Text.of(background.gradients().get(0)).replace(',', ';')).isEqualTo(gradient);
    }

    @ParameterizedTest
    @ValueSource(strings = {"focal", "varifocal", "quality_focal", "bce"})
    void infiniteLogitsHaveTheirLimits(String name) {
        ScalarProgram free = Catalogue.get(name)
                .program(Catalogue.get(name).parameters().stream()
                        .map(parameter -> parameter.name())
                        .collect(java.util.stream.Collectors.toSet()));
        for (double exponent : new double[] {0, 0.5, 2}) {
            for (double target : new double[] {0, 1, 0.3}) {
                double[] above = evaluate(free, Double.POSITIVE_INFINITY, target, exponent);
                double[] large = evaluate(free, 1e6, target, exponent);
                double[] below = evaluate(free, Double.NEGATIVE_INFINITY, target, exponent);
                double[] small = evaluate(free, -1e6, target, exponent);
                assertThat(above[1]).isEqualTo(large[1]);
                assertThat(below[1]).isEqualTo(small[1]);
                assertThat(above[0]).isEqualTo(target == 1 ? large[0] : Double.POSITIVE_INFINITY);
                assertThat(below[0]).isEqualTo(target == 0 ? small[0] : Double.POSITIVE_INFINITY);
                assertThat(evaluate(free, Double.NaN, target, exponent)).containsExactly(Double.NaN, Double.NaN);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iou", "giou", "diou", "ciou"})
    void degenerateBoxesAreFinite(String name) {
        ScalarProgram program = Catalogue.get(name).program();
        double[][] boxes = {{0, 0, 0, 0}, {1, 1, 1, 1}, {0, 0, 2, 0}, {3, 3, 1, 1}, {0, 0, 1e-20, 1e-20}, {0, 0, 5, 4}};
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        Interpreter interpreter = new Interpreter(leaves, program.outputs());
        for (double[] predicted : boxes) {
            for (double[] target : boxes) {
                for (int i = 0; i < 4; i++) {
                    interpreter.set(leaves.get(i), predicted[i]);
                    interpreter.set(leaves.get(4 + i), target[i]);
                }
                interpreter.run();
                assertThat(program.outputs())
                        .allSatisfy(node -> assertThat(interpreter.get(node)).isFinite());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"iou", "giou", "diou", "ciou"})
    void perfectBoxesHaveNoGradient(String name) {
        ScalarProgram program = Catalogue.get(name).program();
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        Interpreter interpreter = new Interpreter(leaves, program.outputs());
        double[] box = {1, 2, 5, 4};
        for (int i = 0; i < 8; i++) {
            interpreter.set(leaves.get(i), box[i % 4]);
        }
        interpreter.run();
        assertThat(program.outputs())
                .allSatisfy(node -> assertThat(Math.abs(interpreter.get(node))).isLessThan(1e-15));
    }

    @Test
    void detachedWeightIsAConstant() {
        ScalarProgram program =
                StableForms.at(Catalogue.get("varifocal_detached").program(), Map.of("label", 0.0, "quality", 0.0));
        EnumSet<Op> used = EnumSet.noneOf(Op.class);
        Walk.reachable(program.outputs(), Set.copyOf(program.predicted())).forEach(node -> used.add(node.op()));
        assertThat(used).doesNotContain(Op.STOP_GRADIENT, Op.SELECT);
        assertThat(Text.of(program.gradients().get(0)))
                .isEqualTo("(0.75 * ((sigmoid(logit) * sigmoid(logit)) * sigmoid(logit)))");
    }

    @ParameterizedTest
    @EnumSource(names = {"ADD", "MULTIPLY"})
    void depthIsNoProblem(Op op) {
        Node chain = p;
        for (int i = 0; i < 10_000; i++) {
            chain = of(op, chain, i % 2 == 0 ? t : x);
        }
        assertThat(StableForms.rewrite(program(chain), Map.of(), Map.of()).gradients())
                .hasSize(1);
    }

    @Test
    void nestingIsNoProblem() {
        Node deep = p;
        for (int i = 0; i < 300; i++) {
            deep = of(Op.SIGMOID, of(Op.ADD, of(Op.MULTIPLY, t, deep), less(deep)));
        }
        ScalarProgram stable = StableForms.rewrite(program(deep), Map.of(), Map.of("t", new Domain(0, 1)));
        assertThat(StableForms.at(stable, Map.of("t", 0.5)).given()).isEmpty();
    }

    @Test
    void rewritingTwiceChangesNothing() {
        Domain unit = new Domain(0, 1);
        Map<String, Domain> domains = Map.of("target", unit, "quality", unit, "label", new Domain(0, 1, true));
        for (String name : Catalogue.names()) {
            ScalarProgram program = Catalogue.get(name).program();
            ScalarProgram again = StableForms.at(program, Map.of(), domains);
            assertThat(texts(again)).as(name).isEqualTo(texts(program));
        }
    }

    private static List<String> texts(ScalarProgram program) {
        return program.outputs().stream().map(Text::of).toList();
    }

    private static double[] evaluate(ScalarProgram program, double logit, double target, double exponent) {
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        leaves.addAll(program.arguments());
        Interpreter interpreter = new Interpreter(leaves, program.outputs());
        program.arguments().forEach(node -> interpreter.set(node, node.name().equals("alpha") ? 0.25 : exponent));
        program.given().forEach(node -> interpreter.set(node, target));
        interpreter.set(program.predicted().get(0), logit);
        interpreter.run();
        return new double[] {
            interpreter.get(program.value()),
            interpreter.get(program.gradients().get(0))
        };
    }

    private Node zero() {
        return graph.constant(0);
    }

    private Node less(Node a) {
        return of(Op.SUBTRACT, one, a);
    }

    private Node of(Op op, Node... operands) {
        return graph.apply(op, operands);
    }

    private ScalarProgram program(Node value) {
        return new ScalarProgram(graph, List.of(x), List.of(t), value, List.of(zero()), List.of());
    }

    private String text(Node value) {
        Map<String, Domain> domains = Map.of("t", new Domain(0, 1));
        ScalarProgram simple = Programs.rewritten(program(value), RuleTable.STANDARD, Map.of(), domains, Stage.NUMERIC);
        return Text.of(simple.value());
    }
}
