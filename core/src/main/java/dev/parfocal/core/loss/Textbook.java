package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import java.util.Map;

/**
 * A loss as its text has it.
 *
 * @param program as written and differentiated, nothing rewritten, parameters as constants
 * @param names what lines of the text call its nodes
 */
public record Textbook(ScalarProgram program, Map<Node, String> names) {

    public Textbook {
        names = Map.copyOf(names);
    }
}
