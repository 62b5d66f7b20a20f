package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to write an operation better.
 *
 * @param name the equation, for people
 * @param op the operation it is about
 * @param form what makes the better form
 */
public record Rule(String name, Op op, Form form) {

    /** Makes the better form of an operation on these operands, or null if the rule is not about them. */
    @FunctionalInterface
    public interface Form {
        @Nullable
        Node of(Simplifier s, List<Node> operands);
    }

    /** A rule about an operation of one operand. */
    public static Rule unary(String name, Op op, UnaryForm form) {
        return new Rule(name, op, (s, operands) -> form.of(s, operands.get(0)));
    }

    /** A rule about an operation of two operands. */
    public static Rule binary(String name, Op op, BinaryForm form) {
        return new Rule(name, op, (s, operands) -> form.of(s, operands.get(0), operands.get(1)));
    }

    /** {@link Form} for one operand. */
    @FunctionalInterface
    public interface UnaryForm {
        @Nullable
        Node of(Simplifier s, Node a);
    }

    /** {@link Form} for two operands. */
    @FunctionalInterface
    public interface BinaryForm {
        @Nullable
        Node of(Simplifier s, Node a, Node b);
    }
}
