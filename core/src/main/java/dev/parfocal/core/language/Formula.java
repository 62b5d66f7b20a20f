package dev.parfocal.core.language;

import dev.parfocal.core.graph.Graph;
import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the text of a loss says, checked and turned into a graph of its own.
 *
 * @param text the text, with line feeds and without a byte order mark
 * @param name the loss's name
 * @param description what its first comment says
 * @param predicted its predicted inputs: one row, or one or more scalars
 * @param given its given inputs
 * @param parameters its parameters
 * @param states the numbers that it keeps between batches
 * @param recipe how it is trained with
 * @param mayBeNegative whether it is declared that its value may be negative
 * @param examples the values that the text states at chosen points
 * @param picks where the text reads a row at an index
 * @param temperatures the temperatures of divergences between rows
 * @param definitions the nodes that lines of the text give a name to
 * @param graph the graph that owns every node here
 * @param value the loss of one element
 */
public record Formula(
        String text,
        String name,
        Description description,
        List<Variable> predicted,
        List<Variable> given,
        List<Declared> parameters,
        List<State> states,
        Training recipe,
        boolean mayBeNegative,
        List<Example> examples,
        List<Pick> picks,
        List<Pick> temperatures,
        Map<Node, String> definitions,
        Graph graph,
        Node value) {

    public Formula {
        predicted = List.copyOf(predicted);
        given = List.copyOf(given);
        parameters = List.copyOf(parameters);
        states = List.copyOf(states);
        examples = List.copyOf(examples);
        picks = List.copyOf(picks);
        temperatures = List.copyOf(temperatures);
        definitions = Map.copyOf(definitions);
    }

    /** Reads a loss's text; {@code origin} is what errors call it. */
    public static Formula parse(String text, String origin) {
        return new FormulaParser(new Source(text, origin)).parse();
    }

    /**
     * An input.
     *
     * @param node its INPUT or ROW node
     * @param min the smallest legal number: arithmetic on constants and parameters
     * @param max the largest legal number, likewise
     * @param integer whether it is always a whole number
     * @param length the length of a row, likewise; the constant 0 for a scalar
     */
    public record Variable(Node node, Node min, Node max, boolean integer, Node length) {}

    /** What is wrong at an offset of the text; {@code origin} is what the error calls it. */
    public FormulaException error(String origin, int offset, String message) {
        return new Source(text, origin).error(offset, message);
    }

    /**
     * A number by which a row is read: an index, or a temperature.
     *
     * @param number of an index a node that yields whole numbers
     * @param offset where it starts in the text
     */
    public record Pick(Node number, int offset) {}

    /**
     * A parameter read for a class that is given.
     *
     * @param parameter its name
     * @param input the name of the given input that says the class, or of the index
     */
    public record Entry(String parameter, String input) {

        /** The entry of an ENTRY node. */
        public static Entry of(Node node) {
            return new Entry(node.operand(0).name(), node.operand(1).name());
        }

        /** As it is written, {@code margin[label]}; also the name of the input that stands for it in programs. */
        public String name() {
            return parameter + "[" + input + "]";
        }
    }

    /** The entries that the value reads for the class of a row, in their order. */
    public List<Entry> entries() {
        return entries(Op.INPUT);
    }

    /** The entries that functions of the index read for the index, in their order. */
    public List<Entry> indexEntries() {
        return entries(Op.INDEX);
    }

    /** Whether the value reads the expectation of a function of the index. */
    public boolean takesIndexFunctions() {
        return Walk.reachable(List.of(value)).stream().anyMatch(node -> node.op() == Op.EXPECTATION_OF);
    }

    private List<Entry> entries(Op at) {
        return Walk.reachable(List.of(value)).stream()
                .filter(node -> node.op() == Op.ENTRY && node.operand(1).op() == at)
                .map(Entry::of)
                .toList();
    }

    /** A parameter, as {@code loss.Parameter}. */
    public record Declared(
            String name, double value, double min, double max, boolean integer, boolean perClass, String meaning) {}

    /**
     * A number that is kept between batches; a PARAMETER node of its name stands for it. After each batch it moves by
     * {@code momentum} towards the mean of a number over the elements that count, and stays within its range.
     *
     * @param declared its name, initial value, range and meaning
     * @param momentum the share of the batch, in (0, 1]
     * @param sum the number where an element counts, 0 where it does not
     * @param count 1 where an element counts, 0 where it does not
     */
    public record State(Declared declared, double momentum, Node sum, Node count) {

        public String name() {
            return declared.name();
        }
    }

    /** The recipe lines. */
    public record Training(NormalizeBy normalizer, OptionalDouble prior, double weight) {}

    /**
     * A value that the text states.
     *
     * @param predicted the predicted inputs: for a row its logits, else one number for each
     * @param given the given inputs
     * @param value the loss there
     * @param tolerance half a unit of the last digit written
     * @param meaning why it is worth stating
     * @param line the line of the text
     */
    public record Example(
            List<Double> predicted, List<Double> given, double value, double tolerance, String meaning, int line) {

        public Example {
            predicted = List.copyOf(predicted);
            given = List.copyOf(given);
        }
    }
}
