package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What a kernel computes, element by element.
 *
 * @param inputs leaves that have a number for each element, in the order of the kernel's input columns
 * @param arguments leaves that have one number for all elements, in the order of the kernel's arguments
 * @param outputs what is computed, in the order of the kernel's output columns
 * @param checked inputs that are known not to be NaN
 */
public record Formula(List<Node> inputs, List<Node> arguments, List<Node> outputs, Set<Node> checked) {
    public Formula {
        inputs = List.copyOf(inputs);
        arguments = List.copyOf(arguments);
        outputs = List.copyOf(outputs);
        checked = Set.copyOf(checked);
    }

    /** A formula any of whose inputs may be NaN. */
    public Formula(List<Node> inputs, List<Node> arguments, List<Node> outputs) {
        this(inputs, arguments, outputs, Set.of());
    }

    /** The same formula where some inputs are known not to be NaN, which takes less to compute. */
    public Formula checked(Collection<Node> numbers) {
        return new Formula(inputs, arguments, outputs, Set.copyOf(numbers));
    }
}
