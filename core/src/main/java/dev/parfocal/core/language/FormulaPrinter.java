package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import dev.parfocal.core.graph.Walk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes nodes as text of the loss language: sub-expressions that are used more than once, or are long, get lines and names
 * of their own. The text reads back as the same graph.
 */
public final class FormulaPrinter {

    /** The longest expression that stands within another; a longer one gets a name. */
    private static final int LONG = 72;

    private final Map<Node, String> names;
    private final Set<String> taken = new HashSet<>(Scope.RESERVED);
    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Node, Piece> pieces = new HashMap<>();
    private final List<String> lines = new ArrayList<>();

    private FormulaPrinter(Map<Node, String> names) {
        this.names = names;
        taken.addAll(Function.ALL.keySet());
        taken.addAll(names.values());
    }

    /**
     * The lines of some results.
     *
     * @param results by name; a result named "" is an expression without a name
     * @param names of nodes that have one; used where a node is shared
     */
    public static List<String> print(Map<String, Node> results, Map<Node, String> names) {
        FormulaPrinter printer = new FormulaPrinter(names);
        printer.taken.addAll(results.keySet());
        List<Node> order = Walk.reachable(results.values());
        order.forEach(printer::count);
        order.forEach(printer::write);
        results.forEach((name, node) -> {
            String text = printer.piece(node).text();
            printer.lines.add(name.isEmpty() ? text : name + " = " + text);
        });
        return List.copyOf(printer.lines);
    }

    /** One node on one line; what has a name below it stands by its name. */
    public static String expression(Node node, Map<Node, String> names) {
        FormulaPrinter printer = new FormulaPrinter(names);
        for (Node below : Walk.reachable(List.of(node))) {
            String name = names.get(below);
            Piece piece = name == null ? printer.text(below) : new Piece(name, Precedence.PRIMARY);
            printer.pieces.put(below, piece);
        }
        return printer.piece(node).text();
    }

    private void count(Node node) {
        node.operands().forEach(operand -> uses.merge(operand, 1, Integer::sum));
        if (!node.name().isEmpty()) {
            taken.add(node.name());
        }
    }

    private void write(Node node) {
        Piece text = text(node);
        int used = uses.getOrDefault(node, 0);
        boolean worthIt = !node.operands().isEmpty()
                && text.text().length() > 6
                && indexOf(node).isEmpty();
        if (worthIt && (used > 1 || used == 1 && text.text().length() > LONG)) {
            String name = names.containsKey(node) ? names.getOrDefault(node, "") : fresh();
            lines.add(name + " = " + text.text());
            text = new Piece(name, Precedence.PRIMARY);
        }
        pieces.put(node, text);
    }

    private String fresh() {
        for (int i = 0; ; i++) {
            String name = (char) ('a' + i % 26) + (i < 26 ? "" : Integer.toString(i / 26));
            if (taken.add(name)) {
                return name;
            }
        }
    }

    private Piece piece(Node node) {
        return pieces.getOrDefault(node, new Piece("?", Precedence.PRIMARY));
    }

    private Piece text(Node node) {
        Op op = node.op();
        if (op == Op.CONSTANT) {
            boolean signed = node.value() < 0 || 1 / node.value() < 0;
            return new Piece(number(node.value()), signed ? Precedence.MINUS : Precedence.PRIMARY);
        }
        if (node.operands().isEmpty()) {
            return new Piece(node.name(), Precedence.PRIMARY);
        }
        if (op == Op.EXPECTATION_OF) {
            String index = indexOf(node.operand(1)).orElse("i");
            return new Piece(
                    "expectation(" + piece(node.operand(0)).text() + ", " + index + ": "
                            + piece(node.operand(1)).text() + ")",
                    Precedence.PRIMARY);
        }
        if (op == Op.NOT && node.operand(0).op() == Op.EQUAL && uses.getOrDefault(node.operand(0), 1) == 1) {
            return Notation.NOT_EQUAL.write(
                    node.operand(0).operands().stream().map(this::piece).toList());
        }
        Notation notation = Notation.of(op);
        return notation.write(node.operands().stream().map(this::piece).toList());
    }

    /** The index that a node depends on: it can have no line of its own, outside of the expectation. */
    private static Optional<String> indexOf(Node node) {
        Set<Node> closed = Walk.reachable(List.of(node)).stream()
                .filter(below -> below.op() == Op.EXPECTATION_OF)
                .collect(Collectors.toSet());
        return Walk.reachable(List.of(node), closed).stream()
                .filter(below -> below.op() == Op.INDEX)
                .map(Node::name)
                .findFirst();
    }

    private static String number(double value) {
        if (value == Math.PI) {
            return "pi";
        }
        return Numbers.shown(value);
    }

    /** A text, and how tightly its outermost operation binds. */
    record Piece(String text, Precedence precedence) {

        /** The text, in parentheses unless it binds at least as tightly as its place asks for. */
        String in(Precedence place) {
            return precedence.compareTo(place) >= 0 ? text : "(" + text + ")";
        }
    }
}
