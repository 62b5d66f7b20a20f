package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The values of the last few batches, found again by the identity of their arrays.
 *
 * <p>DJL asks a loss for its value twice: for training, and once more for the running mean that its listeners show.
 * Arrays are held weakly, so a batch that was forgotten is not kept alive. Safe for several threads: DJL evaluates on
 * one thread per device and accumulates on another.
 */
final class Recent {

    /** More than the devices and heads that one training step evaluates before it accumulates. */
    private static final int CAPACITY = 64;

    private record Entry(List<WeakReference<NDArray>> arrays, float value) {
        boolean isOf(List<NDArray> others) {
            if (arrays.size() != others.size()) {
                return false;
            }
            for (int i = 0; i < arrays.size(); i++) {
                if (!arrays.get(i).refersTo(others.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private final Deque<Entry> entries = new ArrayDeque<>();

    synchronized void put(List<NDArray> arrays, float value) {
        entries.removeIf(entry -> entry.isOf(arrays));
        if (entries.size() == CAPACITY) {
            entries.removeLast();
        }
        entries.addFirst(new Entry(arrays.stream().map(WeakReference::new).toList(), value));
    }

    synchronized OptionalDouble find(List<NDArray> arrays) {
        return entries.stream()
                .filter(entry -> entry.isOf(arrays))
                .mapToDouble(Entry::value)
                .findFirst();
    }
}
