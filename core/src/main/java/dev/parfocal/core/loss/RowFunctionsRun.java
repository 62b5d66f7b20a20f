package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.language.Formula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One thread's means to compute expectations of functions of the index, and their part of the gradient. */
final class RowFunctionsRun {

    private final RowFunctions code;
    private final int bins;
    private final int stride;
    private final float[] index;
    private final float[] function;
    private final float[][] entries;
    private final List<Frame> functions = new ArrayList<>();
    private final List<Frame> adds = new ArrayList<>();
    private final List<Frame> means = new ArrayList<>();
    private final List<Frame> bests = new ArrayList<>();
    private final float[] bestBin;
    private final float[][] best;
    private final float[][] beyond;
    private List<Floats> values = List.of();

    /**
     * Prepares the columns.
     *
     * @param given columns of what is given, and of parameters for the rows' classes
     * @param exponentials where the columns of exp(logit - largest) lie, {@code stride} apart
     * @param bestBin each row's bin of the largest logit
     * @param expectations where each expectation goes
     */
    RowFunctionsRun(
            RowFunctions code,
            float[][] given,
            float[] exponentials,
            float[] inverse,
            float[] bestBin,
            List<float[]> expectations,
            int bins,
            int stride) {
        this.code = code;
        this.bins = bins;
        this.stride = stride;
        index = new float[stride];
        function = new float[stride];
        int inputCount =
                code.count() == 0 ? given.length + 1 : code.formula(0).inputs().size();
        entries = new float[inputCount - given.length - 1][stride];
        this.bestBin = bestBin;
        best = new float[code.count()][stride];
        beyond = new float[code.count()][stride];
        float[][] inputs = Stream.of(given, entries, new float[][] {index, function})
                .flatMap(Stream::of)
                .toArray(float[][]::new);
        for (int k = 0; k < code.count(); k++) {
            functions.add(Softmax.frame(code.function(k), inputs));
            float[][] atBest = inputs.clone();
            atBest[atBest.length - 1] = best[k];
            bests.add(Softmax.frame(code.function(k), atBest));
            adds.add(Softmax.frame(code.add(), function, best[k], exponentials, beyond[k], beyond[k]));
            means.add(Softmax.frame(code.mean(), beyond[k], inverse, best[k], beyond[k], expectations.get(k)));
        }
    }

    /** Turns to another call. */
    void begin(Call call) {
        for (int k = 0; k < functions.size(); k++) {
            Arguments.set(functions.get(k), code.formula(k), call.options());
            Arguments.set(bests.get(k), code.formula(k), call.options());
        }
        values = call.indexEntries().stream()
                .map(Formula.Entry::parameter)
                .map(parameter ->
                        Objects.requireNonNull(call.options().perClass().get(parameter)))
                .toList();
    }

    /** Computes the expectations of the first {@code count} rows. */
    void run(int count) {
        if (functions.isEmpty()) {
            return;
        }
        at(bestBin, count);
        for (int k = 0; k < functions.size(); k++) {
            bests.get(k).run(count);
            Arrays.fill(beyond[k], 0, count, 0);
        }
        for (int j = 0; j < bins; j++) {
            at(j, count);
            for (int k = 0; k < functions.size(); k++) {
                functions.get(k).run(count);
                adds.get(k).start(2, j * stride);
                adds.get(k).run(count);
            }
        }
        means.forEach(mean -> mean.run(count));
    }

    /** Turns to one index for all rows. */
    private void at(int bin, int count) {
        Arrays.fill(index, 0, count, bin);
        for (int e = 0; e < entries.length; e++) {
            Arrays.fill(entries[e], 0, count, values.get(e).get(bin));
        }
    }

    /** The factors of one bin's softmax in the gradient: {@code factor}, and what the expectations add to it. */
    void pullAt(int bin, float[] factor, Pulls pulls, int count) {
        if (!functions.isEmpty()) {
            at(bin, count);
            System.arraycopy(factor, 0, pulls.factor(), 0, count);
            pull(pulls, count);
        }
    }

    /** The same for a bin of each row. */
    void pullAt(float[] picked, float[] factor, Pulls pulls, int count) {
        if (functions.isEmpty()) {
            return;
        }
        System.arraycopy(factor, 0, pulls.factor(), 0, count);
        at(picked, count);
        pull(pulls, count);
    }

    /** Turns to an index of each row. */
    private void at(float[] picked, int count) {
        System.arraycopy(picked, 0, index, 0, count);
        for (int e = 0; e < entries.length; e++) {
            for (int r = 0; r < count; r++) {
                entries[e][r] = values.get(e).get((int) picked[r]);
            }
        }
    }

    private void pull(Pulls pulls, int count) {
        for (int k = 0; k < functions.size(); k++) {
            functions.get(k).run(count);
            pulls.frames().get(k).run(count);
        }
    }

    /** Where factors are added up: {@code factor}, and the code that adds each expectation's part to it. */
    record Pulls(float[] factor, List<Frame> frames) {}

    /**
     * Prepares to add up factors.
     *
     * @param gradients each expectation's column of gradients
     * @param plain the factors without any expectation, which stay what they are if there is none
     */
    Pulls pulls(List<float[]> gradients, float[] plain) {
        float[] factor = gradients.isEmpty() ? plain : new float[stride];
        List<Frame> frames = new ArrayList<>();
        for (int k = 0; k < functions.size(); k++) {
            frames.add(Softmax.frame(code.pull(), function, best[k], beyond[k], gradients.get(k), factor, factor));
        }
        return new Pulls(factor, frames);
    }
}
