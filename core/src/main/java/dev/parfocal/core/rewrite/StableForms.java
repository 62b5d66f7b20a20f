package dev.parfocal.core.rewrite;

import dev.parfocal.core.derive.DerivativeTable;
import dev.parfocal.core.derive.Derivatives;
import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.rewrite.Simplifier.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Makes a textbook program exact in floating point, for all logits.
 *
 * <p>The value is rewritten first and differentiated then, so that derivatives start from stable forms. Where a given input
 * of a pointwise loss has ends (a target in [0, 1]), the value and gradient at each end are made by themselves, and the
 * program chooses: {@code target == 0 ? at 0 : target == 1 ? at 1 : between}. Stop-gradients are gone from the result.
 */
public final class StableForms {

    /** The most given inputs of which the ends are made by themselves. */
    private static final int MOST_SPLITS = 2;

    private final RuleTable rules;
    private final DerivativeTable derivatives;

    public StableForms(RuleTable rules, DerivativeTable derivatives) {
        this.rules = rules;
        this.derivatives = derivatives;
    }

    /**
     * The stable program of a textbook program, in a graph of its own.
     *
     * @param textbook its value is read, its gradients are made anew
     * @param fixed parameters with the values to fold in; the others stay arguments
     * @param domains of inputs and parameters, by name; what is not there may be any number
     */
    public static ScalarProgram rewrite(
            ScalarProgram textbook, Map<String, Double> fixed, Map<String, Domain> domains) {
        return new StableForms(RuleTable.STANDARD, DerivativeTable.STANDARD).stable(textbook, fixed, domains);
    }

    /**
     * The program at the given values of some inputs or parameters, which it then no longer reads, in a graph of its own.
     *
     * @param values by name; predicted inputs stay
     */
    public static ScalarProgram at(ScalarProgram program, Map<String, Double> values) {
        return at(program, values, Map.of());
    }

    /** The same, knowing the domains of what stays. */
    public static ScalarProgram at(ScalarProgram program, Map<String, Double> values, Map<String, Domain> domains) {
        return Programs.rewritten(program, RuleTable.STANDARD, values, domains, Stage.NUMERIC);
    }

    /** The least and the greatest number that a node can be, from the domains of what it reads. */
    public static Domain range(Node node, Map<String, Domain> domains) {
        Interval range = new Ranges(domains).of(node);
        return new Domain(range.low(), range.high());
    }

    /** What {@link #rewrite} does, by rules of one's own. */
    public ScalarProgram stable(ScalarProgram textbook, Map<String, Double> fixed, Map<String, Domain> domains) {
        ScalarProgram copy = Programs.rewritten(textbook, RuleTable.NONE, fixed, domains, Stage.SYMBOLIC);
        List<Node> splits = isPointwise(copy) ? ends(copy, domains) : List.of();
        List<Node> outputs = choose(copy, copy.value(), splits, domains);
        ScalarProgram chosen = new ScalarProgram(
                copy.graph(),
                copy.predicted(),
                copy.given(),
                outputs.get(0),
                outputs.subList(1, outputs.size()),
                copy.indices());
        return Programs.rewritten(chosen, rules, Map.of(), domains, Stage.NUMERIC);
    }

    private static List<Node> ends(ScalarProgram program, Map<String, Domain> domains) {
        return program.given().stream()
                .filter(node -> domains.getOrDefault(node.name(), Domain.ANY).isBounded())
                .limit(MOST_SPLITS)
                .toList();
    }

    /** Value and gradients, chosen by the ends of the inputs to split. */
    private List<Node> choose(ScalarProgram program, Node value, List<Node> splits, Map<String, Domain> domains) {
        Graph graph = program.graph();
        if (splits.isEmpty()) {
            return piece(program, value, domains);
        }
        Node input = splits.get(0);
        List<Node> rest = splits.subList(1, splits.size());
        Domain domain = domains.getOrDefault(input.name(), Domain.ANY);
        List<Node> low = choose(program, fixed(program, value, input, domain.low(), domains), rest, domains);
        List<Node> high = choose(program, fixed(program, value, input, domain.high(), domains), rest, domains);
        List<Node> result = high;
        if (!domain.isEndsAlone()) {
            Map<String, Domain> inside = new LinkedHashMap<>(domains);
            inside.put(input.name(), domain.interior());
            List<Node> between = choose(program, value, rest, inside);
            result = either(graph, graph.apply(Op.EQUAL, input, graph.constant(domain.high())), high, between);
        }
        return either(graph, graph.apply(Op.EQUAL, input, graph.constant(domain.low())), low, result);
    }

    private static List<Node> either(Graph graph, Node condition, List<Node> a, List<Node> b) {
        return IntStream.range(0, a.size())
                .mapToObj(i ->
                        a.get(i).equals(b.get(i)) ? a.get(i) : graph.apply(Op.SELECT, condition, a.get(i), b.get(i)))
                .toList();
    }

    private Node fixed(ScalarProgram program, Node value, Node input, double number, Map<String, Domain> domains) {
        Map<Node, Node> known = Map.of(input, program.graph().constant(number));
        return Programs.simplified(
                        program.graph(), rules, List.of(value), known, program.predicted(), domains, Stage.SYMBOLIC)
                .get(0);
    }

    private List<Node> piece(ScalarProgram program, Node value, Map<String, Domain> domains) {
        Graph graph = program.graph();
        List<Node> leaves = program.predicted();
        Node stable = Programs.simplified(graph, rules, List.of(value), Map.of(), leaves, domains, Stage.SYMBOLIC)
                .get(0);
        List<Node> outputs = new ArrayList<>();
        outputs.add(stable);
        outputs.addAll(Derivatives.of(graph, stable, leaves, derivatives));
        List<Node> simple = Programs.simplified(graph, rules, outputs, Map.of(), leaves, domains, Stage.NUMERIC);
        if (!isPointwise(program)) {
            return simple;
        }
        Simplifier simplifier = new Simplifier(graph, rules, domains, Stage.NUMERIC).large(Programs.isLarge(simple));
        List<Node> held = new ArrayList<>(simple.subList(0, 1));
        held.addAll(Limits.held(simplifier, simple.subList(1, simple.size()), leaves));
        return held;
    }

    private static boolean isPointwise(ScalarProgram program) {
        return program.predicted().size() == 1 && program.predicted().get(0).op() == Op.INPUT;
    }
}
