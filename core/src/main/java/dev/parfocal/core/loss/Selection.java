package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import java.util.List;

/** Finds the elements of a tile whose targets are not 0, checks these targets, and writes them out. */
abstract sealed class Selection permits Selection.BySparse, Selection.ByDense {

    /** What to do with an element: {@code local} is its place in the tile that starts at {@code from}. */
    @FunctionalInterface
    interface Visitor {
        void visit(int from, int local);
    }

    private final int[] chosen = new int[CompiledKernel.TILE];
    private final int[] others = new int[CompiledKernel.TILE];
    private int count;
    private long positives;

    static Selection of(Call call, float[][] given) {
        if (call.batch() instanceof Batch.Sparse sparse) {
            return new BySparse(sparse, call.loss().given(), given);
        }
        return new ByDense((Batch.Dense) call.batch(), call.loss().given(), given);
    }

    /** Selects the elements in [from, to). */
    final void select(int from, int to) {
        count = 0;
        find(from, to);
        positives += count;
    }

    abstract void find(int from, int to);

    /** How many anchors of the last selection are ignored. */
    int ignoredAnchors() {
        return 0;
    }

    /** Visits the ignored elements of the last selection. */
    void forEachIgnored(int from, int elements, Visitor visitor) {
        // Only sparse batches have any.
    }

    final void choose(int local) {
        chosen[count++] = local;
    }

    /** How many elements were selected. */
    final int count() {
        return count;
    }

    /** The selected elements' places in the tile, ascending; the first {@link #count} are valid. */
    final int[] chosen() {
        return chosen;
    }

    /** The other elements' places in a tile of {@code elements}. */
    final int[] others(int elements) {
        int next = 0;
        int other = 0;
        for (int local = 0; local < elements; local++) {
            if (next < count && chosen[next] == local) {
                next++;
            } else {
                others[other++] = local;
            }
        }
        return others;
    }

    final long positives() {
        return positives;
    }

    /** The selection where a class is given for each anchor; the census has checked the labels. */
    static final class BySparse extends Selection {

        private final Batch.Sparse batch;
        private final boolean[] isLabel;
        private final float[][] given;
        private int ignored;

        BySparse(Batch.Sparse batch, List<Input> inputs, float[][] given) {
            this.batch = batch;
            this.given = given;
            isLabel = new boolean[inputs.size()];
            for (int i = 0; i < isLabel.length; i++) {
                isLabel[i] = inputs.get(i).name().equals("label");
            }
        }

        @Override
        void find(int from, int to) {
            int classes = batch.classes();
            int[] labels = batch.labels();
            ignored = 0;
            int last = (to - 1) / classes;
            for (int anchor = from / classes; anchor <= last; anchor++) {
                int label = labels[anchor];
                if (label == Batch.IGNORE) {
                    ignored++;
                } else if (label >= 0) {
                    int element = anchor * classes + label;
                    if (element >= from && element < to) {
                        add(element - from, batch.quality()[anchor]);
                    }
                }
            }
        }

        private void add(int local, float quality) {
            choose(local);
            for (int i = 0; i < given.length; i++) {
                given[i][local] = isLabel[i] ? 1 : quality;
            }
        }

        @Override
        int ignoredAnchors() {
            return ignored;
        }

        @Override
        void forEachIgnored(int from, int elements, Visitor visitor) {
            int classes = batch.classes();
            for (int local = 0; ignored > 0 && local < elements; local++) {
                if (batch.labels()[(from + local) / classes] == Batch.IGNORE) {
                    visitor.visit(from, local);
                }
            }
        }
    }

    /** The selection where every element has targets of its own. */
    static final class ByDense extends Selection {

        private final Batch.Dense batch;
        private final List<Input> inputs;
        private final float[][] given;
        private final boolean zeroIsLegal;

        ByDense(Batch.Dense batch, List<Input> inputs, float[][] given) {
            this.batch = batch;
            this.inputs = inputs;
            this.given = given;
            zeroIsLegal = !inputs.isEmpty() && inputs.stream().allMatch(input -> input.accepts(0));
        }

        @Override
        void find(int from, int to) {
            int elements = to - from;
            for (int i = 0; i < given.length; i++) {
                batch.given().get(i).read(from, given[i], 0, elements);
            }
            for (int local = next(0, elements); local < elements; local = next(local + 1, elements)) {
                check(from, local);
                choose(local);
            }
        }

        /** The next element with a target that is not plus zero: then it is checked, which refuses NaN. */
        private int next(int first, int end) {
            return zeroIsLegal ? Targets.nextSet(given, first, end) : first;
        }

        private void check(int from, int local) {
            for (int i = 0; i < given.length; i++) {
                Input input = inputs.get(i);
                float value = given[i][local];
                if (!input.accepts(value)) {
                    int element = from + local;
                    throw Elements.refused(input, value, element / batch.classes(), element % batch.classes());
                }
            }
        }
    }
}
