package dev.parfocal.core.loss;

import dev.parfocal.core.graph.ScalarProgram;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A loss: its text, and a value for each of its parameters.
 *
 * <p>A value: immutable, equal to another loss with the same text and the same parameters.
 */
public final class Loss {

    private static final String SOON = "the parser is not here yet";

    private Loss() {}

    /**
     * Reads a loss from its text.
     *
     * @throws dev.parfocal.core.ParfocalException with line, column and a caret, if the text is no loss
     */
    public static Loss parse(String text) {
        return parse(text, "formula");
    }

    /** Reads a loss from its text; {@code origin} is what errors call it: a file, say. */
    public static Loss parse(String text, String origin) {
        throw new UnsupportedOperationException(SOON + text + origin);
    }

    /** Reads a loss from a file of UTF-8 text. */
    public static Loss read(Path file) {
        throw new UnsupportedOperationException(SOON + file);
    }

    public String name() {
        throw new UnsupportedOperationException(SOON);
    }

    /** One sentence that says what the loss is for. */
    public String summary() {
        throw new UnsupportedOperationException(SOON);
    }

    /** The papers and other sources, one per line. */
    public List<String> paper() {
        throw new UnsupportedOperationException(SOON);
    }

    /** What else its text says of it, one paragraph each. */
    public List<String> notes() {
        throw new UnsupportedOperationException(SOON);
    }

    /** The text itself, with line feeds and without a byte order mark. */
    public String text() {
        throw new UnsupportedOperationException(SOON);
    }

    public Kind kind() {
        throw new UnsupportedOperationException(SOON);
    }

    /** What is predicted and differentiated: one scalar, one row, or several scalars. */
    public List<Input> predicted() {
        throw new UnsupportedOperationException(SOON);
    }

    /** What is given. */
    public List<Input> given() {
        throw new UnsupportedOperationException(SOON);
    }

    public List<Parameter> parameters() {
        throw new UnsupportedOperationException(SOON);
    }

    /** The value of a parameter. */
    public double parameter(String name) {
        throw new UnsupportedOperationException(SOON + name);
    }

    /**
     * The same loss with another value of a parameter.
     *
     * @throws dev.parfocal.core.ParfocalException if it has no such parameter, or the value is outside its range
     */
    public Loss with(String parameter, double value) {
        throw new UnsupportedOperationException(SOON + parameter + value);
    }

    /**
     * The same loss for rows of another length: sets the parameter that the row is sized by.
     *
     * @throws dev.parfocal.core.ParfocalException if the loss has no row, or its row has another, fixed length
     */
    public Loss withRowLength(int length) {
        throw new UnsupportedOperationException(SOON + length);
    }

    public Recipe recipe() {
        throw new UnsupportedOperationException(SOON);
    }

    /** Whether the text declares that the loss may be negative. */
    public boolean mayBeNegative() {
        throw new UnsupportedOperationException(SOON);
    }

    /** As written and differentiated, nothing rewritten, parameters as constants: what the stable forms are checked against. */
    public ScalarProgram textbook() {
        throw new UnsupportedOperationException(SOON);
    }

    /** In stable forms, with every parameter's value folded in. */
    public ScalarProgram program() {
        return program(Set.of());
    }

    /** In stable forms, with every parameter folded in but the free ones, which stay PARAMETER nodes: a kernel's arguments. */
    public ScalarProgram program(Set<String> free) {
        throw new UnsupportedOperationException(SOON + free);
    }
}
