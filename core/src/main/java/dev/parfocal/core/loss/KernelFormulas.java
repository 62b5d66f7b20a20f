package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the kernels of a loss compute, by its kind: generated code is made from these formulas, and text for other compilers is
 * written from them. A formula's inputs are the predicted numbers, the given ones, parameters by class, and last the weight if
 * elements have one; its last argument is the scale of the gradient; its outputs are a gradient for each predicted number, and
 * last the value.
 */
public sealed interface KernelFormulas {

    /**
     * Of a pointwise loss.
     *
     * @param whole the whole formula
     * @param background the formula where every given input is plus 0, without these inputs; it computes such elements
     */
    record Pointwise(Formula whole, Formula background) implements KernelFormulas {
        @Override
        public Summation summation() {
            return new Summation(CompiledKernel.TILE, PointwiseCode.TILES_PER_CHUNK);
        }
    }

    /**
     * Of a loss of several predicted numbers.
     *
     * @param program one formula for all
     */
    record Boxes(Formula program) implements KernelFormulas {
        @Override
        public Summation summation() {
            return new Summation(BoxCode.TILE, BoxCode.TILES_PER_CHUNK);
        }
    }

    /**
     * Of a loss of rows.
     *
     * @param bins the length of a row
     * @param program its predicted numbers are the row's log-softmax at each picked bin, and its expectation
     * @param indices the picked bins, held inside the row, from what is given
     * @param picks where the picks stand among the program's predicted numbers
     * @param expectations where the expectation stands among them; empty if the loss does not read it
     * @param functions the functions of the index that expectations are taken of
     * @param divergences the divergences from given rows
     * @param steps from the row's logits to the predicted numbers, and from their gradients to those of the logits
     */
    record Rows(
            int bins,
            Formula program,
            Formula indices,
            List<Integer> picks,
            List<Integer> expectations,
            List<IndexFunction> functions,
            List<Divergence> divergences,
            RowFormulas steps)
            implements KernelFormulas {
        @Override
        public Summation summation() {
            return new Summation(RowCode.rowsPerTile(bins), RowCode.TILES_PER_CHUNK);
        }
    }

    /**
     * A function of the index of a row.
     *
     * @param place where its expectation stands among the program's predicted numbers
     * @param formula its inputs are what is given, parameters for the row's class, parameters at the index, and the index
     */
    record IndexFunction(int place, Formula formula) {}

    /**
     * A divergence of a row from a given one.
     *
     * @param place where it stands among the program's predicted numbers
     * @param input the given row, by its number among what the loss is given; empty for the uniform distribution
     * @param temperature arithmetic on numbers and the program's arguments
     */
    record Divergence(int place, OptionalInt input, Node temperature) {}

    /**
     * The order in which the values of a batch are added: the elements of a tile in {@link #LANES} running sums of floats,
     * one element after the other; these sums, the tiles of a chunk, and the chunks in double.
     *
     * @param tile the elements of a tile
     * @param tiles the tiles of a chunk
     */
    record Summation(int tile, int tiles) {

        /** The running sums of a tile. */
        public static final int LANES = 16;
    }

    /** In which order values are added. */
    Summation summation();

    /**
     * What a state moves towards: the quotient of two sums over the elements.
     *
     * @param sum the term of the first, from the predicted numbers, unless they are a row, and the given ones
     * @param count the term of the second
     */
    record Mean(Formula sum, Formula count) {

        static Mean of(List<ScalarProgram> terms) {
            return new Mean(formula(terms.get(0)), formula(terms.get(1)));
        }

        private static Formula formula(ScalarProgram program) {
            List<Node> inputs = new ArrayList<>(program.predicted());
            inputs.addAll(program.given());
            return new Formula(inputs, program.arguments(), List.of(program.value()));
        }

        /** Of one of a loss's states; all its states are arguments. */
        public static Mean of(Loss loss, State state) {
            return of(loss.stateTerms(
                    state, loss.states().stream().map(State::name).collect(Collectors.toSet())));
        }
    }

    /**
     * The formulas of a loss whose elements have weights.
     *
     * @param arguments parameters and states that are arguments of the formulas; the values of all others are folded in
     * @param perClass parameters that have a value for each class, and are inputs
     */
    static KernelFormulas weighted(Loss loss, Set<String> arguments, Set<String> perClass) {
        Structure structure = new Structure(new TreeSet<>(arguments), new TreeSet<>(perClass), 0, true);
        return switch (loss.kind()) {
            case POINTWISE -> StructureFormulas.pointwise(loss, structure);
            case ROW -> StructureFormulas.rows(loss, structure);
            case BOX -> StructureFormulas.boxes(loss, structure);
        };
    }
}
