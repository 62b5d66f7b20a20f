package dev.parfocal.core.kernel;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is generated: steps from input columns to output columns.
 *
 * @param inputs the number of input columns
 * @param arguments the number of arguments
 * @param outputs what is stored: output column i holds outputs[i]
 * @param summed what is added up in {@link #LANES} running sums; nothing or one step
 */
record Plan(int inputs, int arguments, List<Step> outputs, List<Step> summed) {

    /** The number of running sums, whatever the width of the machine's vectors: so sums have the same bits everywhere. */
    static final int LANES = 16;

    Plan {
        outputs = List.copyOf(outputs);
        summed = List.copyOf(summed);
    }

    /** A plan of a formula; with {@code sum} its last output is summed and not stored. */
    static Plan of(Formula formula, boolean sum) {
        List<Step> steps = Lowering.lower(formula);
        int stored = steps.size() - (sum ? 1 : 0);
        return new Plan(
                formula.inputs().size(),
                formula.arguments().size(),
                steps.subList(0, stored),
                steps.subList(stored, steps.size()));
    }

    int columns() {
        return inputs + outputs.size();
    }

    List<Step> roots() {
        List<Step> roots = new ArrayList<>(outputs);
        roots.addAll(summed);
        return roots;
    }

    /** Every step that is needed, operands before users. */
    List<Step> order() {
        Set<Step> seen = new HashSet<>();
        Deque<Step> open = new ArrayDeque<>(roots());
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (seen.add(step)) {
                step.operands().forEach(open::push);
            }
        }
        return seen.stream().sorted(Comparator.comparingInt(Step::number)).toList();
    }

    /** Text that is the same for plans that do the same. */
    String listing() {
        return inputs + "/" + arguments + order()
                + outputs.stream().map(Step::number).toList()
                + summed.stream().map(Step::number).toList();
    }
}
