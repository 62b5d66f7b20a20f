package dev.parfocal.core.derive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.Interpreter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DerivativesTest {

    private final Graph graph = new Graph();
    private final Node x = graph.input("x");
    private final Node y = graph.input("y");
    private final Node zero = graph.constant(0);

    @Test
    void poleOfTheBranchNotTakenDoesNotLeak() {
        Node guarded = of(Op.SELECT, of(Op.LESS, zero, x), of(Op.LOG, x), of(Op.MULTIPLY, x, x));
        assertThat(slope(guarded, 0)).isEqualTo(0);
        assertThat(slope(guarded, 4)).isEqualTo(0.25);
        Node squared = of(Op.MULTIPLY, guarded, guarded);
        assertThat(slope(squared, 0)).isEqualTo(0);
    }

    @Test
    void poleOfTheLesserOfTwoDoesNotLeak() {
        Node clamped = of(Op.MAX, of(Op.LOG, x), graph.constant(-100));
        assertThat(slope(clamped, 0)).isEqualTo(0);
        assertThat(slope(clamped, 0.5)).isEqualTo(2);
    }

    @Test
    void kinksHaveTheirStatedSlope() {
        assertThat(slope(of(Op.ABS, x), 0)).isEqualTo(0);
        assertThat(slope(of(Op.SQRT, x), 0)).isEqualTo(0);
        assertThat(slope(of(Op.POWER, x, graph.constant(0.3)), 0)).isEqualTo(0);
        assertThat(slope(of(Op.MAX, x, y), 0)).isEqualTo(0.5);
        assertThat(slope(of(Op.MIN, y, x), 0)).isEqualTo(0.5);
        assertThat(slope(of(Op.MAX, x, zero), 0)).isEqualTo(0);
        assertThat(slope(of(Op.MIN, x, zero), 0)).isEqualTo(0);
        assertThat(slope(of(Op.MIN, zero, x), 0)).isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.1, 0.5, 1, 2.7})
    void powerOfASigmoidIsFiniteWhereItUnderflows(double exponent) {
        Node gamma = graph.parameter("gamma");
        Node power = of(Op.POWER, of(Op.SIGMOID, x), gamma);
        Node slope = Derivatives.of(graph, power, List.of(x)).get(0);
        Interpreter interpreter = new Interpreter(List.of(x, gamma), List.of(slope));
        for (double logit : new double[] {-1e30, -1e4, -800, 0, 800, 1e30}) {
            interpreter.set(x, logit);
            interpreter.set(gamma, exponent);
            interpreter.run();
            assertThat(interpreter.get(slope)).isFinite();
        }
    }

    @Test
    void stopGradientStops() {
        assertThat(slope(of(Op.MULTIPLY, of(Op.STOP_GRADIENT, x), x), 3)).isEqualTo(3);
    }

    @Test
    void leafMayBeAnOperation() {
        Node row = graph.row("s");
        Node pick = of(Op.LOG_SOFTMAX, row, y);
        Node value = of(Op.MULTIPLY, pick, pick);
        Node slope = Derivatives.of(graph, value, List.of(pick)).get(0);
        Interpreter interpreter = new Interpreter(List.of(pick), List.of(slope));
        interpreter.set(pick, -1.5);
        interpreter.run();
        assertThat(interpreter.get(slope)).isEqualTo(-3);
    }

    @Test
    void depthIsNoProblem() {
        Node deep = x;
        for (int i = 0; i < 20_000; i++) {
            deep = i % 3 == 0 ? of(Op.SIGMOID, deep) : of(Op.ADD, deep, x);
        }
        assertThat(slope(deep, 0.3)).isFinite();
        Node clamped = x;
        for (int i = 0; i < 20_000; i++) {
            clamped = of(Op.MAX, of(Op.ADD, clamped, graph.constant(-0.001)), of(Op.LOG, x));
        }
        assertThat(slope(clamped, 50)).isEqualTo(1);
    }

    private Node of(Op op, Node... operands) {
        return graph.apply(op, operands);
    }

    /** The derivative by x, where y is 0. */
    private double slope(Node value, double at) {
        Node slope = Derivatives.of(graph, value, List.of(x)).get(0);
        Interpreter interpreter = new Interpreter(List.of(x, y), List.of(slope));
        interpreter.set(x, at);
        interpreter.set(y, 0);
        interpreter.run();
        return interpreter.get(slope);
    }
}
