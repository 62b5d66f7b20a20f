package dev.parfocal.training.weights.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The stack of a pickle's machine: values, and marks that say where a collection's items begin. */
final class PickleStack {
    /** Python's {@code None}. */
    enum None {
        NONE
    }

    private enum Mark {
        MARK
    }

    private final List<Object> values = new ArrayList<>();

    void push(Object value) {
        values.add(value);
    }

    void mark() {
        values.add(Mark.MARK);
    }

    Object pop() {
        Object top = top();
        values.remove(values.size() - 1);
        return top;
    }

    Object top() {
        if (values.isEmpty() || values.get(values.size() - 1) == Mark.MARK) {
            throw new PickleException("it takes more than it gave");
        }
        return values.get(values.size() - 1);
    }

    /** Takes the topmost {@code count} values off, in the order in which they were pushed. */
    List<Object> pop(int count) {
        List<Object> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            taken.add(0, pop());
        }
        return taken;
    }

    /** Takes everything down to the last mark off, and the mark. */
    List<Object> popToMark() {
        int mark = values.lastIndexOf(Mark.MARK);
        if (mark < 0) {
            throw new PickleException("a collection without a beginning");
        }
        List<Object> tail = values.subList(mark + 1, values.size());
        List<Object> taken = new ArrayList<>(tail);
        values.subList(mark, values.size()).clear();
        return taken;
    }

    /** Adds items to the list on top. */
    void append(List<Object> items) {
        if (!(top() instanceof List<?> list)) {
            throw new PickleException("items for something else than a list");
        }
        @SuppressWarnings("unchecked")
        List<Object> into = (List<Object>) list;
        into.addAll(items);
    }

    /** Adds keys and values, in turn, to the dictionary on top. */
    void put(List<Object> pairs) {
        if (!(top() instanceof Map<?, ?> map) || pairs.size() % 2 != 0) {
            throw new PickleException("entries for something else than a dictionary");
        }
        @SuppressWarnings("unchecked")
        Map<Object, Object> into = (Map<Object, Object>) map;
        for (int i = 0; i < pairs.size(); i += 2) {
            Object key = pairs.get(i);
            if (!(key instanceof String || key instanceof Number || key instanceof Boolean || key == None.NONE)) {
                throw PickleException.refused("a dictionary whose keys are neither texts nor numbers");
            }
            into.put(key, pairs.get(i + 1));
        }
    }
}
