package dev.parfocal.core.rewrite;

import dev.parfocal.core.graph.Node;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of conditions from ranges, and which nodes are the same for all elements. */
final class Conditions {

    private enum Answer {
        TRUE,
        FALSE,
        OPEN;

        static Answer of(boolean yes, boolean no) {
            if (yes) {
                return TRUE;
            }
            return no ? FALSE : OPEN;
        }

        Answer not() {
            return of(this == FALSE, this == TRUE);
        }
    }

    private final Ranges ranges;
    private final Definedness definedness;
    private final Map<Node, Answer> answers = new HashMap<>();
    private final Map<Node, Boolean> uniform = new HashMap<>();

    Conditions(Ranges ranges, Definedness definedness) {
        this.ranges = ranges;
        this.definedness = definedness;
    }

    /** Finds out what there is to know of a node; its operands were noted before. */
    void note(Node node) {
        isUniform(node);
        answer(node);
    }

    @Nullable
    Boolean decided(Node condition) {
        Answer answer = answer(condition);
        return answer == Answer.OPEN ? null : answer == Answer.TRUE;
    }

    /** Whether a node depends on constants and parameters alone. */
    boolean isUniform(Node node) {
        Boolean answer = uniform.get(node);
        if (answer == null) {
            answer = switch (node.op()) {
                case CONSTANT, PARAMETER -> true;
                case INPUT, ROW, INDEX -> false;
                default -> node.operands().stream().allMatch(this::isUniform);
            };
            uniform.put(node, answer);
        }
        return answer;
    }

    private Answer answer(Node condition) {
        Answer answer = answers.get(condition);
        if (answer == null) {
            answer = compute(condition);
            answers.put(condition, answer);
        }
        return answer;
    }

    private Answer compute(Node condition) {
        return switch (condition.op()) {
            case LESS -> less(condition.operand(0), condition.operand(1));
            case LESS_EQUAL -> lessEqual(condition.operand(0), condition.operand(1));
            case EQUAL -> equal(condition.operand(0), condition.operand(1));
            case NOT -> answer(condition.operand(0)).not();
            case AND -> {
                Answer a = answer(condition.operand(0));
                Answer b = answer(condition.operand(1));
                yield Answer.of(a == Answer.TRUE && b == Answer.TRUE, a == Answer.FALSE || b == Answer.FALSE);
            }
            case OR -> {
                Answer a = answer(condition.operand(0));
                Answer b = answer(condition.operand(1));
                yield Answer.of(a == Answer.TRUE || b == Answer.TRUE, a == Answer.FALSE && b == Answer.FALSE);
            }
            default -> Answer.OPEN;
        };
    }

    private Answer less(Node a, Node b) {
        Interval ra = ranges.of(a);
        Interval rb = ranges.of(b);
        return Answer.of(areDefined(a, b) && ra.high() < rb.low(), a.equals(b) || ra.low() >= rb.high());
    }

    private Answer lessEqual(Node a, Node b) {
        Interval ra = ranges.of(a);
        Interval rb = ranges.of(b);
        return Answer.of(areDefined(a, b) && (a.equals(b) || ra.high() <= rb.low()), ra.low() > rb.high());
    }

    /** No comparison with what is no number holds. */
    private boolean areDefined(Node a, Node b) {
        return definedness.isDefined(a) && definedness.isDefined(b);
    }

    private Answer equal(Node a, Node b) {
        Interval ra = ranges.of(a);
        Interval rb = ranges.of(b);
        boolean apart = ra.high() < rb.low() || ra.low() > rb.high();
        boolean same = a.equals(b) || a.isConstant() && b.isConstant() && a.value() == b.value();
        return Answer.of(areDefined(a, b) && same, apart);
    }
}
