package dev.parfocal.core.kernel;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.graph.Walk;
import java.util.List;
import java.util.function.Consumer;

/**
 * One row of logits in double: its log-softmax and its expectations, and the way back from their gradients to the row's. The
 * interpreter that it runs has the program's {@link ScalarProgram#roots}.
 */
public final class ReferenceRow {

    private final ScalarProgram program;
    private final double[] logits;
    private final double[] given;
    private final double[] logSoftmax;
    private final Consumer<Integer> indexed;

    /**
     * A row.
     *
     * @param given one number for each of the program's given columns, those of given rows among them
     */
    public ReferenceRow(ScalarProgram program, double[] logits, double[] given) {
        this(program, logits, given, index -> {});
    }

    /**
     * A row of a loss whose parameters differ from class to class.
     *
     * @param indexed is told which index is next, and sets what functions of it read there
     */
    public ReferenceRow(ScalarProgram program, double[] logits, double[] given, Consumer<Integer> indexed) {
        this.program = program;
        this.logits = logits;
        this.given = given;
        this.indexed = indexed;
        logSoftmax = logSoftmax(logits, 1);
    }

    /** Runs the program on this row, whose given leaves and arguments are set; returns the gradient of the row. */
    public double[] run(Interpreter interpreter) {
        int[] picks = picks(interpreter);
        double[][] functions = functions(interpreter);
        List<Node> predicted = program.predicted();
        double[] means = new double[predicted.size()];
        for (int i = 0; i < predicted.size(); i++) {
            if (predicted.get(i).op() == Op.KL_DIVERGENCE) {
                interpreter.set(predicted.get(i), divergence(predicted.get(i), interpreter, functions[i]));
                continue;
            }
            for (int j = 0; picks[i] < 0 && j < logSoftmax.length; j++) {
                means[i] += functions[i][j] * Math.exp(logSoftmax[j]);
            }
            interpreter.set(predicted.get(i), picks[i] < 0 ? means[i] : logSoftmax[picks[i]]);
        }
        interpreter.run();
        double[] row = new double[logSoftmax.length];
        for (int i = 0; i < picks.length; i++) {
            double gradient = interpreter.get(program.gradients().get(i));
            if (predicted.get(i).op() == Op.KL_DIVERGENCE) {
                for (int j = 0; j < row.length; j++) {
                    row[j] += gradient * functions[i][j];
                }
                continue;
            }
            for (int j = 0; j < row.length; j++) {
                row[j] += Math.exp(logSoftmax[j]) * gradient * (picks[i] < 0 ? functions[i][j] - means[i] : -1);
            }
            if (picks[i] >= 0) {
                row[picks[i]] += gradient;
            }
        }
        return row;
    }

    /** The divergence from a given row; {@code slopes} becomes its derivative by each logit. */
    private double divergence(Node node, Interpreter interpreter, double[] slopes) {
        double temperature = interpreter.get(node.operand(2));
        double[] teacher = new double[logits.length];
        if (node.operand(0).op() == Op.ROW) {
            System.arraycopy(given, program.place(node.operand(0)), teacher, 0, teacher.length);
        }
        double[] logP = logSoftmax(teacher, temperature);
        double[] logQ = logSoftmax(logits, temperature);
        double sum = 0;
        for (int j = 0; j < slopes.length; j++) {
            double p = Math.exp(logP[j]);
            double q = Math.exp(logQ[j]);
            double distance = Math.max(-Double.MAX_VALUE, Math.min(Double.MAX_VALUE, logQ[j] - logP[j]));
            sum += Math.abs(distance) < 1e-2 ? p * nearZero(distance) : q - p - p * distance;
            slopes[j] = (q - p) / temperature;
        }
        return sum;
    }

    /** exp(d) - 1 - d for a small d. */
    private static double nearZero(double d) {
        return d * d * (1 / 2.0 + d * (1 / 6.0 + d * (1 / 24.0 + d * (1 / 120.0 + d * (1 / 720.0 + d / 5040)))));
    }

    /** What expectations are taken of at each index: the index itself, or a function of it; empty for picks. */
    private double[][] functions(Interpreter interpreter) {
        List<Node> predicted = program.predicted();
        double[][] functions = new double[predicted.size()][logSoftmax.length];
        boolean general = !program.functions().isEmpty();
        List<Node> indices = Walk.reachable(program.functions()).stream()
                .filter(node -> node.op() == Op.INDEX)
                .toList();
        for (int j = 0; j < logSoftmax.length; j++) {
            if (general) {
                indexed.accept(j);
                for (Node index : indices) {
                    interpreter.set(index, j);
                }
                interpreter.run();
            }
            for (int i = 0; i < functions.length; i++) {
                boolean isFunction = predicted.get(i).op() == Op.EXPECTATION_OF;
                functions[i][j] = isFunction ? interpreter.get(predicted.get(i).operand(1)) : j;
            }
        }
        return functions;
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

    private static double[] logSoftmax(double[] logits, double temperature) {
        int top = 0;
        for (int i = 1; i < logits.length; i++) {
            top = logits[i] > logits[top] ? i : top;
        }
        double others = 0;
        for (int i = 0; i < logits.length; i++) {
            others += i == top ? 0 : Math.exp((logits[i] - logits[top]) / temperature);
        }
        double[] result = new double[logits.length];
        for (int i = 0; i < logits.length; i++) {
            result[i] = (logits[i] - logits[top]) / temperature - Math.log1p(others);
        }
        return result;
    }
}
