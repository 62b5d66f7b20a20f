package dev.parfocal.core.loss;

import dev.parfocal.core.graph.ScalarProgram;
import java.util.List;
import java.util.TreeSet;

/**
 * What decides which code a call needs: calls of the same structure share it.
 *
 * @param arguments the parameters that are arguments
 * @param perClass the parameters that differ from class to class
 * @param smoothing label smoothing
 * @param weighted whether elements have weights
 */
record Structure(TreeSet<String> arguments, TreeSet<String> perClass, double smoothing, boolean weighted) {

    static Structure of(Call call, Division division) {
        Options options = call.options();
        TreeSet<String> perClass = new TreeSet<>(options.perClass().keySet());
        TreeSet<String> arguments = new TreeSet<>(options.arguments().keySet());
        arguments.removeAll(perClass);
        boolean weighted = !options.weights().isNone() || division.byImage().length > 0;
        return new Structure(arguments, perClass, options.smoothing(), weighted);
    }

    /** The loss's program as kernels of this structure need it. */
    ScalarProgram program(Loss loss) {
        ScalarProgram smoothed = Leaves.smoothed(loss.program(arguments, perClass), smoothing);
        return loss.kind() == Kind.ROW ? smoothed : Leaves.expanded(smoothed, perClass);
    }

    List<String> perClassNames() {
        return List.copyOf(perClass);
    }
}
