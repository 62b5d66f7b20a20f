package dev.parfocal.core.export;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes nodes as lines of Python on PyTorch's tensors: what is used more than once, or is long, gets a line and a name. */
final class PythonText {

    /** How tightly an expression of Python binds, loosest first. */
    private enum Binding {
        COMPARISON,
        SUM,
        PRODUCT,
        MINUS,
        POWER,
        PRIMARY
    }

    private record Piece(String text, Binding binding) {
        String in(Binding place) {
            return binding.compareTo(place) >= 0 ? text : "(" + text + ")";
        }
    }

    private static final int LONG = 72;

    private final Map<Node, String> names;
    private final Map<Node, Piece> pieces = new HashMap<>();
    private final Map<Node, Integer> uses = new HashMap<>();
    private final Set<String> taken;
    private final List<String> lines = new ArrayList<>();
    private final String like;

    /**
     * Prepares to write.
     *
     * @param leaves what inputs, parameters and row operations are called
     * @param names what other nodes may be called
     * @param like a tensor of the type and on the device of all others
     */
    PythonText(Map<Node, String> leaves, Map<Node, String> names, String like) {
        this.names = names;
        this.like = like;
        taken = new HashSet<>(leaves.values());
        leaves.forEach((node, name) -> pieces.put(node, new Piece(name, Binding.PRIMARY)));
    }

    /** Writes what some results need. */
    void write(Collection<Node> results) {
        List<Node> order = Walk.reachable(results, Set.copyOf(pieces.keySet()));
        for (Node node : order) {
            if (!pieces.containsKey(node)) {
                node.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
            }
        }
        results.forEach(node -> uses.merge(node, 1, Integer::sum));
        order.stream().filter(node -> !pieces.containsKey(node)).forEach(this::define);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** The expression of a node that was written, as a tensor of the shape of all others. */
    String tensor(Node node) {
        return dependsOnInput(node) ? text(node) : "_full(" + text(node) + ", " + like + ")";
    }

    private static boolean dependsOnInput(Node node) {
        return Walk.reachable(List.of(node)).stream()
                .anyMatch(below -> below.op() == Op.INPUT || below.op().readsRow());
    }

    String text(Node node) {
        return piece(node).text();
    }

    private void define(Node node) {
        Piece piece = expression(node);
        boolean worthIt = !node.operands().isEmpty() && piece.text().length() > 6;
        int used = uses.getOrDefault(node, 0);
        if (worthIt && (used > 1 || piece.text().length() > LONG)) {
            String name = fresh(names.get(node));
            lines.add(name + " = " + piece.text());
            piece = new Piece(name, Binding.PRIMARY);
        }
        pieces.put(node, piece);
    }

    private String fresh(@Nullable String wish) {
        String name = wish == null ? null : Identifiers.PYTHON.of(wish);
        if (name != null && taken.add(name)) {
            return name;
        }
        for (int i = 1; ; i++) {
            if (taken.add("t" + i)) {
                return "t" + i;
            }
        }
    }

    private Piece piece(Node node) {
        return Objects.requireNonNull(pieces.get(node));
    }

    private Piece expression(Node node) {
        return switch (node.op()) {
            case CONSTANT -> constant(node.value());
            case ADD -> infix(node, " + ", Binding.SUM, Binding.SUM, Binding.SUM);
            case SUBTRACT -> infix(node, " - ", Binding.SUM, Binding.SUM, Binding.PRODUCT);
            case MULTIPLY -> infix(node, " * ", Binding.PRODUCT, Binding.PRODUCT, Binding.MINUS);
            case DIVIDE -> infix(node, " / ", Binding.PRODUCT, Binding.PRODUCT, Binding.MINUS);
            case NEGATE -> new Piece("-" + piece(node.operand(0)).in(Binding.POWER), Binding.MINUS);
            case POWER ->
                node.operand(0).isConstant()
                        ? call("torch.pow", node)
                        : infix(node, "**", Binding.POWER, Binding.PRIMARY, Binding.PRIMARY);
            case EXP, EXPM1, LOG, LOG1P, SQRT, ABS, ATAN, FLOOR, SIGMOID ->
                call("torch." + node.op().name().toLowerCase(Locale.ROOT), node);
            case SIN, COS, SIGN, SOFTPLUS -> call("_" + node.op().name().toLowerCase(Locale.ROOT), node);
            case MIN -> extreme("torch.minimum", "max", node);
            case MAX -> extreme("torch.maximum", "min", node);
            case LESS -> infix(node, " < ", Binding.COMPARISON, Binding.SUM, Binding.SUM);
            case LESS_EQUAL -> infix(node, " <= ", Binding.COMPARISON, Binding.SUM, Binding.SUM);
            case EQUAL -> infix(node, " == ", Binding.COMPARISON, Binding.SUM, Binding.SUM);
            case AND -> infix(node, " & ", Binding.COMPARISON, Binding.PRIMARY, Binding.PRIMARY);
            case OR -> infix(node, " | ", Binding.COMPARISON, Binding.PRIMARY, Binding.PRIMARY);
            case NOT -> new Piece("~" + piece(node.operand(0)).in(Binding.PRIMARY), Binding.MINUS);
            case SELECT -> select(node);
            case STOP_GRADIENT -> piece(node.operand(0));
            case INPUT, PARAMETER, ROW, INDEX, ENTRY, LOG_SOFTMAX, EXPECTATION, EXPECTATION_OF, KL_DIVERGENCE ->
                throw new IllegalArgumentException(node + " has no name here");
        };
    }

    private Piece infix(Node node, String operator, Binding binding, Binding left, Binding right) {
        return new Piece(
                piece(node.operand(0)).in(left)
                        + operator
                        + piece(node.operand(1)).in(right),
                binding);
    }

    private Piece call(String function, Node node) {
        return new Piece(
                function + "("
                        + String.join(
                                ", ", node.operands().stream().map(this::text).toList()) + ")",
                Binding.PRIMARY);
    }

    /** The lesser or the greater of two; a tensor and a number are what PyTorch calls a clamp. */
    private Piece extreme(String function, String bound, Node node) {
        Node a = node.operand(0);
        Node b = node.operand(1);
        if (!a.isConstant() && !b.isConstant()) {
            return call(function, node);
        }
        Node tensor = a.isConstant() ? b : a;
        Node number = a.isConstant() ? a : b;
        return new Piece("torch.clamp(" + text(tensor) + ", " + bound + "=" + text(number) + ")", Binding.PRIMARY);
    }

    private Piece select(Node node) {
        boolean numbers = node.operand(1).isConstant() && node.operand(2).isConstant();
        String arguments =
                String.join(", ", node.operands().stream().map(this::text).toList());
        return new Piece(
                numbers ? "_either(" + arguments + ", " + like + ")" : "torch.where(" + arguments + ")",
                Binding.PRIMARY);
    }

    private static Piece constant(double value) {
        boolean signed = value < 0 || 1 / value < 0;
        return new Piece(number(value), signed ? Binding.MINUS : Binding.PRIMARY);
    }

    /** The shortest digits that read back as the same number. */
    static String number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return "float(\"" + (Double.isNaN(value) ? "nan" : value < 0 ? "-inf" : "inf") + "\")";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e7) {
            return value == 0 && 1 / value < 0 ? "-0.0" : Long.toString((long) value);
        }
        for (int digits = 1; digits < 17; digits++) {
            String text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
            if (Double.parseDouble(text) == value) {
                return plain(text, value);
            }
        }
        return plain(String.format(Locale.ROOT, "%.16e", value), value);
    }

    /** Without an exponent where that is shorter. */
    private static String plain(String scientific, double value) {
        double size = Math.abs(value);
        return size >= 1e-4 && size < 1e15 ? new BigDecimal(scientific).toPlainString() : scientific;
    }
}
