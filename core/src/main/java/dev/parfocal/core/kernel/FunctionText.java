package dev.parfocal.core.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A formula as a function in C, which C++ and CUDA read too: the steps that the generated code of {@link Kernels} has, so that
 * both give the same bits. Steps that C has no operator for are calls: {@code pf_mul}, {@code pf_div}, {@code pf_fma}, {@code
 * pf_sqrt}, {@code pf_abs}, {@code pf_bits}, {@code pf_float} and {@code pf_shift_right} must be defined above it, with the
 * rounding of IEEE 754; {@code PF_FUNCTION} stands for the qualifiers of a function.
 */
public final class FunctionText {

    /** The longest expression that stands within another; a longer one gets a name. */
    private static final int LONG = 60;

    private final Plan plan;
    private final List<String> inputs;
    private final List<String> arguments;
    private final Map<Step, Integer> uses = new HashMap<>();
    private final Map<Step, String> texts = new HashMap<>();
    private final Set<Step> compound = new HashSet<>();
    private final List<String> lines = new ArrayList<>();
    private int named;

    private FunctionText(Formula formula, List<String> inputs, List<String> arguments) {
        plan = Plan.of(formula, false);
        this.inputs = inputs;
        this.arguments = arguments;
        for (Step step : plan.order()) {
            step.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
        }
        plan.outputs().forEach(output -> uses.merge(output, 1, Integer::sum));
    }

    /**
     * The lines of {@code PF_FUNCTION void name(float input…, float argument…, float *output…)}.
     *
     * @param inputs what the formula's inputs are called; no name is {@code t} or {@code n} and a number
     * @param arguments what its arguments are called
     * @param outputs what its outputs are called
     */
    public static List<String> lines(
            String name, Formula formula, List<String> inputs, List<String> arguments, List<String> outputs) {
        FunctionText text = new FunctionText(formula, inputs, arguments);
        text.write(name, outputs);
        return List.copyOf(text.lines);
    }

    private void write(String name, List<String> outputs) {
        List<String> parameters = new ArrayList<>();
        inputs.forEach(input -> parameters.add("float " + input));
        arguments.forEach(argument -> parameters.add("float " + argument));
        outputs.forEach(output -> parameters.add("float *" + output));
        lines.add("PF_FUNCTION void " + name + "(" + String.join(", ", parameters) + ")");
        lines.add("{");
        Set<Step> read = new HashSet<>(plan.order());
        List<String> unread = new ArrayList<>();
        for (Step step : plan.order()) {
            define(step);
        }
        unread(read, Prim.LOAD, inputs, unread);
        unread(read, Prim.ARGUMENT, arguments, unread);
        unread.forEach(parameter -> lines.add("    (void)" + parameter + ";"));
        for (int i = 0; i < outputs.size(); i++) {
            lines.add("    *" + outputs.get(i) + " = " + text(plan.outputs().get(i)) + ";");
        }
        lines.add("}");
    }

    private static void unread(Set<Step> read, Prim prim, List<String> names, List<String> unread) {
        for (int i = 0; i < names.size(); i++) {
            int index = i;
            if (read.stream().noneMatch(step -> step.prim() == prim && step.data() == index)) {
                unread.add(names.get(i));
            }
        }
    }

    private void define(Step step) {
        String text = expression(step);
        boolean isName = step.prim() == Prim.LOAD || step.prim().isConstant();
        if (!isName && (uses.getOrDefault(step, 0) > 1 || text.length() > LONG)) {
            boolean isInt = step.prim().isInt();
            String name = (isInt ? "n" : "t") + named++;
            lines.add("    const " + (isInt ? "unsigned int " : "float ") + name + " = " + text + ";");
            texts.put(step, name);
            return;
        }
        texts.put(step, text);
        if (isCompound(step.prim())) {
            compound.add(step);
        }
    }

    private String expression(Step step) {
        return switch (step.prim()) {
            case LOAD -> inputs.get(step.data());
            case ARGUMENT -> arguments.get(step.data());
            case FLOAT -> number(Float.intBitsToFloat(step.data()));
            case INT -> "0x" + Integer.toHexString(step.data()) + "u";
            case ADD, INT_ADD -> infix(step, " + ");
            case SUBTRACT, INT_SUBTRACT -> infix(step, " - ");
            case INT_AND -> infix(step, " & ");
            case INT_OR -> infix(step, " | ");
            case MULTIPLY -> call("pf_mul", step);
            case DIVIDE -> call("pf_div", step);
            case FMA -> call("pf_fma", step);
            case NEGATE -> negative(operand(step, 0));
            case ABS -> call("pf_abs", step);
            case SQRT -> call("pf_sqrt", step);
            case LESS -> select(step, " < ");
            case LESS_EQUAL -> select(step, " <= ");
            case EQUAL -> select(step, " == ");
            case TO_BITS -> call("pf_bits", step);
            case FROM_BITS -> call("pf_float", step);
            case SHIFT_LEFT -> operand(step, 0) + " << " + step.data();
            case SHIFT_RIGHT -> "pf_shift_right(" + text(step.operand(0)) + ", " + step.data() + ")";
        };
    }

    private static String negative(String operand) {
        return operand.startsWith("-") ? "-(" + operand + ")" : "-" + operand;
    }

    private static boolean isCompound(Prim prim) {
        return switch (prim) {
            case ADD, SUBTRACT, NEGATE, INT_ADD, INT_SUBTRACT, INT_AND, INT_OR, SHIFT_LEFT, LESS, LESS_EQUAL, EQUAL ->
                true;
            default -> false;
        };
    }

    private String infix(Step step, String operator) {
        return operand(step, 0) + operator + operand(step, 1);
    }

    private String select(Step step, String comparison) {
        return infix(step, comparison) + " ? " + operand(step, 2) + " : " + operand(step, 3);
    }

    private String call(String function, Step step) {
        return function + "("
                + String.join(", ", step.operands().stream().map(this::text).toList()) + ")";
    }

    private String operand(Step step, int index) {
        Step operand = step.operand(index);
        return compound.contains(operand) ? "(" + text(operand) + ")" : text(operand);
    }

    private String text(Step step) {
        return texts.getOrDefault(step, "");
    }

    /** The float exactly: in decimals where few of them do, else in hexadecimal. */
    static String number(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value)) {
            return "pf_float(0x" + Integer.toHexString(Float.floatToRawIntBits(value)) + "u)";
        }
        boolean isShort = Math.abs(value) < 1e6 && value * 64 == Math.rint(value * 64);
        return (isShort ? Double.toString(value) : Float.toHexString(value)) + "f";
    }
}
