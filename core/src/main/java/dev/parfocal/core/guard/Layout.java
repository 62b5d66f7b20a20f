package dev.parfocal.core.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the indices of an array mean, so that a place in it can be named: image, anchor, class. Row-major: the last axis
 * runs fastest.
 */
public record Layout(List<Axis> axes) {

    public Layout {
        axes = List.copyOf(axes);
    }

    /** A layout of some axes. */
    public static Layout of(Axis... axes) {
        return new Layout(List.of(axes));
    }

    /**
     * One axis.
     *
     * @param size how many indices it has, at least 1
     * @param words what an index is called, {@code image 3} say
     */
    public record Axis(int size, IntFunction<String> words) {

        /** An axis whose indices are called by a name and their number. */
        public static Axis of(String name, int size) {
            return new Axis(size, index -> name + " " + index);
        }

        /** An axis whose indices have names of their own: {@code class square}. */
        public static Axis of(String name, List<String> names) {
            List<String> copy = List.copyOf(names);
            return new Axis(copy.size(), index -> name + " " + copy.get(index));
        }
    }

    /** How many numbers an array of this layout holds. */
    public long size() {
        return axes.stream().mapToLong(Axis::size).reduce(1, Math::multiplyExact);
    }

    /** The index on each axis of a number of the array. */
    public int[] at(long number) {
        int[] indices = new int[axes.size()];
        long rest = number;
        for (int axis = indices.length - 1; axis >= 0; axis--) {
            indices[axis] = (int) (rest % axes.get(axis).size());
            rest /= axes.get(axis).size();
        }
        return indices;
    }

    /** The place of a number of the array in words: {@code image 3, anchor 17, class square}. */
    public String place(long number) {
        int[] indices = at(number);
        List<String> words = new ArrayList<>();
        for (int axis = 0; axis < indices.length; axis++) {
            words.add(axes.get(axis).words().apply(indices[axis]));
        }
        return String.join(", ", words);
    }
}
