package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import java.util.List;

/** One row of logits in double: its log-softmax and expectation, and the way back from their gradients to the row's. */
public final class ReferenceRow {

    private final ScalarProgram program;
    private final double[] logSoftmax;
    private final double expectation;

    public ReferenceRow(ScalarProgram program, double[] logits) {
        this.program = program;
        logSoftmax = logSoftmax(logits);
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            sum += i * Math.exp(logSoftmax[i]);
        }
        expectation = sum;
    }

    /** Runs the program on this row, whose given leaves and arguments are set; returns the gradient of the row. */
    public double[] run(Interpreter interpreter) {
        int[] picks = picks(interpreter);
        List<Node> predicted = program.predicted();
        for (int i = 0; i < predicted.size(); i++) {
            interpreter.set(predicted.get(i), picks[i] < 0 ? expectation : logSoftmax[picks[i]]);
        }
        interpreter.run();
        double picked = 0;
        double expected = 0;
        for (int i = 0; i < picks.length; i++) {
            double gradient = interpreter.get(program.gradients().get(i));
            picked += picks[i] < 0 ? 0 : gradient;
            expected += picks[i] < 0 ? gradient : 0;
        }
        double[] row = new double[logSoftmax.length];
        for (int j = 0; j < row.length; j++) {
            row[j] = Math.exp(logSoftmax[j]) * (expected * (j - expectation) - picked);
        }
        for (int i = 0; i < picks.length; i++) {
            if (picks[i] >= 0) {
                row[picks[i]] += interpreter.get(program.gradients().get(i));
            }
        }
        return row;
    }

    /** The bin that each predicted column picks, held inside the row; -1 for an expectation. */
    private int[] picks(Interpreter interpreter) {
        interpreter.run();
        int[] picks = new int[program.predicted().size()];
        int next = 0;
        for (int i = 0; i < picks.length; i++) {
            boolean isPick = program.predicted().get(i).op() == Op.LOG_SOFTMAX;
            picks[i] = isPick ? clamp(interpreter.get(program.indices().get(next++))) : -1;
        }
        return picks;
    }

    private int clamp(double index) {
        return (int) Math.max(0, Math.min(logSoftmax.length - 1, index));
    }

    private static double[] logSoftmax(double[] logits) {
        int top = 0;
        for (int i = 1; i < logits.length; i++) {
            top = logits[i] > logits[top] ? i : top;
        }
        double others = 0;
        for (int i = 0; i < logits.length; i++) {
            others += i == top ? 0 : Math.exp(logits[i] - logits[top]);
        }
        double[] result = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            result[i] = logits[i] - logits[top] - Math.log1p(others);
        }
        return result;
    }
}
