package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * The code of functions of the index that a loss takes expectations of, and of what follows from them. An expectation is the
 * function at the row's best bin and what the other bins add to it, so that it is exact where a prediction is sure.
 */
final class RowFunctions {

    private final List<Formula> formulas;
    private final List<CompiledKernel> functions;
    private final CompiledKernel add;
    private final CompiledKernel mean;
    private final CompiledKernel pull;

    RowFunctions(List<KernelFormulas.IndexFunction> indexed, boolean vector) {
        formulas = indexed.stream().map(KernelFormulas.IndexFunction::formula).toList();
        functions = formulas.stream().map(formula -> compile(formula, vector)).toList();
        Graph own = new Graph();
        Node sum = own.input("sum");
        Node best = own.input("best");
        Node exponential = own.input("exponential");
        Node inverse = own.input("inverse");
        Node beyond = own.input("beyond");
        Node gradient = own.input("gradient");
        Node factor = own.input("factor");
        Node function = own.input("function");
        Node distance = own.apply(Op.SUBTRACT, function, best);
        Node share = own.apply(Op.MULTIPLY, sum, inverse);
        Node pulled = own.apply(Op.MULTIPLY, gradient, own.apply(Op.SUBTRACT, distance, beyond));
        add = compile(
                List.of(function, best, exponential, sum),
                List.of(own.apply(Op.ADD, sum, own.apply(Op.MULTIPLY, distance, exponential))),
                vector);
        mean = compile(List.of(sum, inverse, best), List.of(share, own.apply(Op.ADD, best, share)), vector);
        pull = compile(
                List.of(function, best, beyond, gradient, factor), List.of(own.apply(Op.ADD, factor, pulled)), vector);
    }

    private static CompiledKernel compile(List<Node> inputs, List<Node> outputs, boolean vector) {
        return compile(new Formula(inputs, List.of(), outputs), vector);
    }

    private static CompiledKernel compile(Formula formula, boolean vector) {
        int columns = formula.inputs().size() + formula.outputs().size();
        return Kernels.compile(formula, false, Collections.nCopies(columns, false), vector);
    }

    boolean isWarm() {
        return Stream.concat(functions.stream(), Stream.of(add, mean, pull)).allMatch(CompiledKernel::isWarm);
    }

    /** How many there are. */
    int count() {
        return functions.size();
    }

    Formula formula(int number) {
        return formulas.get(number);
    }

    /** (what is given, parameters at the index, the index; parameters) to the function. */
    CompiledKernel function(int number) {
        return functions.get(number);
    }

    /** (function, function at the best bin, exponential, sum) to the sum with one more term. */
    CompiledKernel add() {
        return add;
    }

    /** (sum, inverse, function at the best bin) to how far the expectation is beyond it, and the expectation. */
    CompiledKernel mean() {
        return mean;
    }

    /** (function, function at the best bin, how far beyond, gradient, factor) to the factor of the softmax in the gradient. */
    CompiledKernel pull() {
        return pull;
    }
}
