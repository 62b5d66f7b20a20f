package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import java.util.List;

/**
 * What a kernel computes, element by element.
 *
 * @param inputs leaves that have a number for each element, in the order of the kernel's input columns
 * @param arguments leaves that have one number for all elements, in the order of the kernel's arguments
 * @param outputs what is computed, in the order of the kernel's output columns
 */
public record Formula(List<Node> inputs, List<Node> arguments, List<Node> outputs) {
    public Formula {
        inputs = List.copyOf(inputs);
        arguments = List.copyOf(arguments);
        outputs = List.copyOf(outputs);
    }
}
