package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.statistics.LossStatistics;
import dev.parfocal.core.statistics.Tally;
import java.util.Arrays;

/**
 * Takes statistics of tiles of a pointwise batch, each right after it was evaluated, when its logits and gradients are still
 * near. Every chunk of tiles has a tally of its own, so that the figures do not depend on who evaluates what.
 */
final class StatisticsRun {

    private static final int TILE = CompiledKernel.TILE;

    private final Call call;
    private final int chunk;
    private final Tally[] tallies;
    private final Scratch[] scratch;

    /** One thread's copies of a tile. */
    private record Scratch(float[] logits, float[] gradients, float[][] given) {

        Scratch(int columns) {
            this(new float[TILE], new float[TILE], new float[columns][TILE]);
        }

        /** Takes an element out. */
        void blank(int local) {
            logits[local] = Float.NaN;
            gradients[local] = 0;
        }
    }

    /**
     * Statistics of one call.
     *
     * @param sweep how its batch is cut
     */
    StatisticsRun(Call call, Sweep sweep) {
        this.call = call;
        chunk = sweep.tile() * sweep.chunk();
        tallies = new Tally[Math.max(0, (call.batch().elements() - 1) / chunk + 1)];
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = new Tally(call.classes());
        }
        int columns = call.batch() instanceof Batch.Dense dense ? dense.given().size() : 0;
        scratch = new Scratch[sweep.threads()];
        for (int i = 0; i < scratch.length; i++) {
            scratch[i] = new Scratch(columns);
        }
    }

    /** Adds the elements in [from, to), which lie in one tile. */
    void tile(int worker, int from, int to) {
        Scratch own = scratch[worker];
        call.batch().predicted().read(from, own.logits, 0, to - from);
        call.gradient().read(from, own.gradients, 0, to - from);
        Tally tally = tallies[from / chunk];
        int without = call.batch() instanceof Batch.Sparse sparse
                ? sparse(sparse, own, tally, from, to)
                : dense((Batch.Dense) call.batch(), own, tally, from, to);
        tally.negatives(own.logits, own.gradients, to - from, from % call.classes(), without);
    }

    /** Takes positives and ignored elements out of a tile; returns how many. */
    private int sparse(Batch.Sparse batch, Scratch own, Tally tally, int from, int to) {
        int classes = batch.classes();
        int without = 0;
        for (int anchor = from / classes; anchor <= (to - 1) / classes; anchor++) {
            int label = batch.labels()[anchor];
            if (label == Batch.IGNORE) {
                int begin = Math.max(from, anchor * classes);
                int end = Math.min(to, (anchor + 1) * classes);
                for (int element = begin; element < end; element++) {
                    own.blank(element - from);
                }
                without += end - begin;
            } else if (label >= 0) {
                int element = anchor * classes + label;
                if (element >= from && element < to) {
                    positive(own, tally, element - from, label);
                    without++;
                }
            }
        }
        return without;
    }

    private int dense(Batch.Dense batch, Scratch own, Tally tally, int from, int to) {
        int count = to - from;
        for (int i = 0; i < own.given.length; i++) {
            batch.given().get(i).read(from, own.given[i], 0, count);
        }
        int without = 0;
        for (int k = Targets.nextSet(own.given, 0, count); k < count; k = Targets.nextSet(own.given, k + 1, count)) {
            positive(own, tally, k, (from + k) % batch.classes());
            without++;
        }
        return without;
    }

    private static void positive(Scratch own, Tally tally, int local, int classOf) {
        tally.positive(own.logits[local], own.gradients[local], classOf);
        own.blank(local);
    }

    /** The statistics of all tiles. */
    LossStatistics total() {
        return Tally.total(Arrays.asList(tallies), call.classes());
    }

    /** The statistics of a call that was evaluated elsewhere. */
    static LossStatistics of(Call call) {
        StatisticsRun run = new StatisticsRun(call, new Sweep(1, TILE, 1));
        for (int from = 0; from < call.batch().elements(); from += TILE) {
            run.tile(0, from, Math.min(call.batch().elements(), from + TILE));
        }
        return run.total();
    }
}
