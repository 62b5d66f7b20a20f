package dev.parfocal.core.kernel;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes steps, each only once. */
final class Steps {

    private record Key(Prim prim, List<Integer> operands, int data) {}

    private final Map<Key, Step> known = new HashMap<>();

    Step load(int column) {
        return make(Prim.LOAD, column);
    }

    Step argument(int index) {
        return make(Prim.ARGUMENT, index);
    }

    Step number(float value) {
        return make(Prim.FLOAT, Float.floatToRawIntBits(value));
    }

    Step integer(int value) {
        return make(Prim.INT, value);
    }

    Step add(Step a, Step b) {
        return make(Prim.ADD, 0, a, b);
    }

    Step subtract(Step a, Step b) {
        return make(Prim.SUBTRACT, 0, a, b);
    }

    Step multiply(Step a, Step b) {
        return make(Prim.MULTIPLY, 0, a, b);
    }

    Step divide(Step a, Step b) {
        return make(Prim.DIVIDE, 0, a, b);
    }

    Step fma(Step a, Step b, Step c) {
        return make(Prim.FMA, 0, a, b, c);
    }

    Step negate(Step a) {
        return make(Prim.NEGATE, 0, a);
    }

    Step abs(Step a) {
        return make(Prim.ABS, 0, a);
    }

    /** One of the compare-and-select steps. */
    Step select(Prim comparison, Step a, Step b, Step whenTrue, Step whenFalse) {
        return whenTrue.equals(whenFalse) ? whenTrue : make(comparison, 0, a, b, whenTrue, whenFalse);
    }

    Step less(Step a, Step b, Step whenTrue, Step whenFalse) {
        return select(Prim.LESS, a, b, whenTrue, whenFalse);
    }

    Step equal(Step a, Step b, Step whenTrue, Step whenFalse) {
        return select(Prim.EQUAL, a, b, whenTrue, whenFalse);
    }

    Step shiftLeft(Step a, int by) {
        return make(Prim.SHIFT_LEFT, by, a);
    }

    Step shiftRight(Step a, int by) {
        return make(Prim.SHIFT_RIGHT, by, a);
    }

    /** A step without data of its own. */
    Step of(Prim prim, Step... operands) {
        return make(prim, 0, operands);
    }

    /** The same step on other operands. */
    Step like(Step step, List<Step> operands) {
        return make(step.prim(), step.data(), operands.toArray(Step[]::new));
    }

    private Step make(Prim prim, int data, Step... operands) {
        List<Step> all = List.of(operands);
        if (all.size() != prim.arity()) {
            throw new IllegalArgumentException(prim + " takes " + prim.arity() + " operands, not " + all.size());
        }
        Key key = new Key(prim, all.stream().map(Step::number).toList(), data);
        return known.computeIfAbsent(key, k -> new Step(known.size(), prim, all, data));
    }
}
