package dev.parfocal.core.language;

import dev.parfocal.core.graph.Node;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The names of one loss: which are defined so far, which will be, and which were used. */
final class Scope {

    /** Words with a meaning of their own: never a name. */
    static final Set<String> RESERVED = Set.of("loss", "param", "in", "integer", "and", "or", "not", "pi");

    private record Definition(Node node, Token token, String what) {}

    private final Source source;
    private final Map<String, Definition> defined = new LinkedHashMap<>();
    private final Map<String, List<Token>> assignments;
    private final Set<String> used = new HashSet<>();

    /** @param assignments the tokens of every assignment of the text by the name that it defines */
    Scope(Source source, Map<String, List<Token>> assignments) {
        this.source = source;
        this.assignments = assignments;
    }

    /** Defines a name; {@code what} says in errors what it is. */
    void define(Token token, Node node, String what) {
        checkNew(token);
        defined.put(token.text(), new Definition(node, token, what));
    }

    /** Reads something in which one more name is defined. */
    <T> T within(Token token, Node node, Supplier<T> task) {
        define(token, node, "index");
        try {
            T read = task.get();
            if (!used.contains(token.text())) {
                throw source.error(
                        token.offset(), "the index '" + token.text() + "' is never used: this is no function of it");
            }
            return read;
        } finally {
            defined.remove(token.text());
            used.remove(token.text());
        }
    }

    void checkNew(Token token) {
        String name = token.text();
        if (RESERVED.contains(name) || Function.ALL.containsKey(name)) {
            throw source.error(token.offset(), "'" + name + "' is a word of the language; choose another name");
        }
        Definition old = defined.get(name);
        if (old != null) {
            throw source.error(
                    token.offset(),
                    "'" + name + "' is already the " + old.what() + " of line "
                            + source.line(old.token().offset()) + "; choose another name");
        }
    }

    /** The node of a name that an expression uses while {@code current} is being defined; empty for the result. */
    Node use(Token token, String current) {
        Definition definition = defined.get(token.text());
        if (definition == null) {
            throw unknown(token, current);
        }
        used.add(token.text());
        return definition.node();
    }

    /** Refuses an input or parameter that is called as a number of a given row is. */
    void checkNoneInRow(String row) {
        defined.forEach((name, definition) -> {
            if (name.matches(row + "[0-9]+")) {
                throw source.error(
                        definition.token().offset(),
                        "'" + name + "' is what a number of the given row '" + row
                                + "' is called; choose another name");
            }
        });
    }

    /** Whether the text defines this name anywhere. */
    boolean isName(String name) {
        return defined.containsKey(name) || assignments.containsKey(name);
    }

    /** Refuses to call a name that stands for a number. */
    void checkNotCalled(Token token) {
        if (defined.containsKey(token.text())) {
            throw source.error(
                    token.offset(),
                    "'" + token.text() + "' is not a function; write " + token.text() + " * (…) for a product");
        }
    }

    private FormulaException unknown(Token token, String current) {
        String name = token.text();
        if (name.equals(current)) {
            return source.error(token.offset(), "'" + name + "' is defined by itself; nothing may depend on itself");
        }
        List<Token> later = assignments.get(name);
        if (later != null && assignments.containsKey(current) && leads(name, current, new HashSet<>())) {
            return source.error(
                    token.offset(), "'" + current + "' and '" + name + "' are defined by each other: a cycle");
        }
        if (later != null) {
            int line = source.line(later.get(0).offset());
            return source.error(
                    token.offset(),
                    "'" + name + "' is defined only in line " + line
                            + "; a loss is read from top to bottom, so move that line up");
        }
        if (Function.ALL.containsKey(name)) {
            return source.error(token.offset(), "'" + name + "' is a function: write " + name + "(…)");
        }
        if (RESERVED.contains(name)) {
            return source.error(token.offset(), "expected an expression, found '" + name + "'");
        }
        return source.error(token.offset(), "'" + name + "' is not defined" + advice(name));
    }

    private String advice(String name) {
        Set<String> known = new TreeSet<>(defined.keySet());
        known.addAll(Function.ALL.keySet());
        String near = Habits.advice(name, known);
        return near.isEmpty() ? "; defined here: " + String.join(", ", defined.keySet()) : near;
    }

    /** Whether the definition of one name mentions another, directly or through others. */
    private boolean leads(String from, String to, Set<String> seen) {
        List<Token> tokens = assignments.get(from);
        if (tokens == null || !seen.add(from)) {
            return false;
        }
        return tokens.stream()
                .skip(1)
                .filter(Token::isName)
                .anyMatch(token -> token.text().equals(to) || seen.size() < 100 && leads(token.text(), to, seen));
    }

    /** Refuses what is defined and never used: most often a misspelt name elsewhere. */
    void checkAllUsed() {
        defined.forEach((name, definition) -> {
            if (!used.contains(name)) {
                throw source.error(
                        definition.token().offset(),
                        "the " + definition.what() + " '" + name + "' is never used; use it or remove it");
            }
        });
    }
}
