package dev.parfocal.cli.compute;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.Interpreter;
import dev.parfocal.core.kernel.ReferenceRow;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/** A loss on one element at a time, in double throughout: what the float backends are judged by. */
public final class DoubleLoss {

    private final ScalarProgram program;
    private final Interpreter interpreter;
    private final boolean row;

    public DoubleLoss(Loss loss) {
        program = loss.program();
        row = loss.kind() == Kind.ROW;
        List<Node> leaves = new ArrayList<>(program.predicted());
        leaves.addAll(program.given());
        interpreter = new Interpreter(leaves, program.roots());
    }

    /** A value and its gradient with respect to what is predicted. */
    public record Point(double value, double[] gradient) {}

    /**
     * Evaluates one element.
     *
     * @param predicted one number per predicted input, or the row of logits
     * @param given one number per given input
     */
    public Point at(double[] predicted, double[] given) {
        set(program.given(), given);
        if (row) {
            double[] gradient = new ReferenceRow(program, predicted, given).run(interpreter);
            return new Point(interpreter.get(program.value()), gradient);
        }
        set(program.predicted(), predicted);
        interpreter.run();
        double[] gradient =
                program.gradients().stream().mapToDouble(interpreter::get).toArray();
        return new Point(interpreter.get(program.value()), gradient);
    }

    private void set(List<Node> leaves, double[] numbers) {
        for (int i = 0; i < numbers.length; i++) {
            interpreter.set(leaves.get(i), numbers[i]);
        }
    }
}
