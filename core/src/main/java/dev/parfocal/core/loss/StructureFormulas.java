package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.rewrite.StableForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the formulas of a loss for calls of one structure. */
final class StructureFormulas {

    private StructureFormulas() {}

    /** Those of a pointwise loss. */
    static KernelFormulas.Pointwise pointwise(Loss loss, Structure structure) {
        List<String> given = names(loss);
        ScalarProgram program = structure.program(loss);
        List<String> columns = new ArrayList<>(given);
        columns.addAll(structure.perClassNames());
        Map<String, Double> zeros = given.stream().collect(Collectors.toMap(name -> name, name -> 0.0));
        ScalarProgram background = StableForms.at(program, zeros);
        return new KernelFormulas.Pointwise(
                Leaves.formula(program, columns, structure.weighted()),
                Leaves.formula(background, structure.perClassNames(), structure.weighted()));
    }

    /** Those of a loss of several predicted numbers. */
    static KernelFormulas.Boxes boxes(Loss loss, Structure structure) {
        ScalarProgram program = structure.program(loss);
        return new KernelFormulas.Boxes(
                Leaves.formula(program, names(loss), structure.weighted()).checked(program.given()));
    }

    /** Those of a loss of rows. */
    static KernelFormulas.Rows rows(Loss loss, Structure structure) {
        ScalarProgram program = structure.program(loss);
        int bins = loss.predicted().get(0).length();
        List<Node> scalars = scalars(loss, program);
        List<Node> inputs = scalars.subList(0, loss.scalarGiven().size());
        List<String> columns = scalars.stream().map(Node::name).toList();
        List<Node> held = program.indices().stream()
                .map(index -> held(program.graph(), index, bins))
                .toList();
        List<Integer> picks = places(program, Op.LOG_SOFTMAX);
        List<Integer> expectations = places(program, Op.EXPECTATION);
        return new KernelFormulas.Rows(
                bins,
                Leaves.formula(program, columns, structure.weighted()),
                new Formula(inputs, program.arguments(), held),
                picks,
                expectations,
                functions(loss, structure, program, scalars),
                divergences(loss, program),
                new RowFormulas(picks.size(), !expectations.isEmpty()));
    }

    /** What is given but for the numbers of given rows, which the program does not read itself. */
    private static List<Node> scalars(Loss loss, ScalarProgram program) {
        Set<String> inRows = loss.declaredGiven().stream()
                .filter(Input::isRow)
                .flatMap(row -> row.numbers().stream())
                .map(Input::name)
                .collect(Collectors.toSet());
        return program.given().stream()
                .filter(node -> !inRows.contains(node.name()))
                .toList();
    }

    private static List<KernelFormulas.Divergence> divergences(Loss loss, ScalarProgram program) {
        List<String> declared = loss.declaredGiven().stream().map(Input::name).toList();
        return places(program, Op.KL_DIVERGENCE).stream()
                .map(place -> {
                    Node node = program.predicted().get(place);
                    OptionalInt input = node.operand(0).op() == Op.ROW
                            ? OptionalInt.of(declared.indexOf(node.operand(0).name()))
                            : OptionalInt.empty();
                    return new KernelFormulas.Divergence(place, input, node.operand(2));
                })
                .toList();
    }

    private static List<KernelFormulas.IndexFunction> functions(
            Loss loss, Structure structure, ScalarProgram program, List<Node> scalars) {
        Graph graph = program.graph();
        List<Node> inputs = new ArrayList<>(scalars);
        loss.indexEntries().stream()
                .filter(entry -> structure.perClass().contains(entry.parameter()))
                .forEach(entry -> inputs.add(graph.input(entry.name())));
        return places(program, Op.EXPECTATION_OF).stream()
                .map(place -> {
                    Node function = program.predicted().get(place).operand(1);
                    List<Node> all = new ArrayList<>(inputs);
                    all.add(index(graph, function));
                    return new KernelFormulas.IndexFunction(
                            place, new Formula(all, program.arguments(), List.of(function)));
                })
                .toList();
    }

    private static Node index(Graph graph, Node function) {
        return Walk.reachable(List.of(function)).stream()
                .filter(node -> node.op() == Op.INDEX)
                .findFirst()
                .orElseGet(() -> graph.index("i"));
    }

    private static List<String> names(Loss loss) {
        return loss.given().stream().map(Input::name).toList();
    }

    /** A picked bin, held inside the row. */
    private static Node held(Graph graph, Node index, int bins) {
        Node whole = graph.apply(Op.FLOOR, index);
        return graph.apply(Op.MIN, graph.apply(Op.MAX, whole, graph.constant(0)), graph.constant(bins - 1));
    }

    private static List<Integer> places(ScalarProgram program, Op op) {
        return IntStream.range(0, program.predicted().size())
                .filter(i -> program.predicted().get(i).op() == op)
                .boxed()
                .toList();
    }
}
