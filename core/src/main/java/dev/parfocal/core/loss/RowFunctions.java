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

/** The code of functions of the index that a loss takes expectations of, and of what follows from them. */
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
        Node function = own.input("function");
        Node sum = own.input("sum");
        Node expectation = own.input("expectation");
        Node product = own.apply(Op.MULTIPLY, function, own.input("exponential"));
        add = compile(
                new Formula(
                        List.of(function, own.input("exponential"), sum),
                        List.of(),
                        List.of(own.apply(Op.ADD, sum, product))),
                vector);
        mean = compile(
                new Formula(
                        List.of(sum, own.input("inverse")),
                        List.of(),
                        List.of(own.apply(Op.MULTIPLY, sum, own.input("inverse")))),
                vector);
        Node distance = own.apply(Op.SUBTRACT, function, expectation);
        Node pulled = own.apply(Op.MULTIPLY, own.input("gradient"), distance);
        pull = compile(
                new Formula(
                        List.of(function, expectation, own.input("gradient"), sum),
                        List.of(),
                        List.of(own.apply(Op.ADD, sum, pulled))),
                vector);
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

    /** (function, exponential, sum) to the sum with one more term. */
    CompiledKernel add() {
        return add;
    }

    /** (sum, inverse) to the expectation. */
    CompiledKernel mean() {
        return mean;
    }

    /** (function, expectation, its gradient, factor) to the factor of the softmax in the gradient. */
    CompiledKernel pull() {
        return pull;
    }
}
