package dev.parfocal.cli.compare;

import dev.parfocal.training.run.ProgressListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** Passes on how a run goes, and measures how long a step takes. */
final class CellProgress implements ProgressListener {

    /** The first steps compile kernels and warm caches. */
    private static final int SETTLING = 5;

    private final ProgressListener words;
    private final DoubleStream.Builder milliseconds = DoubleStream.builder();
    private long last;
    private long count;

    CellProgress(ProgressListener words) {
        this.words = words;
    }

    @Override
    public void started(Start start) {
        words.started(start);
        last = System.nanoTime();
    }

    @Override
    public void step(Step step) {
        long now = System.nanoTime();
        if (count++ >= SETTLING) {
            milliseconds.add((now - last) / 1e6);
        }
        words.step(step);
        last = System.nanoTime();
    }

    @Override
    public void evaluated(int epoch, Map<String, Double> metrics) {
        words.evaluated(epoch, metrics);
        last = System.nanoTime();
    }

    @Override
    public void stopped(long step, Path run) {
        // The command says how to go on: not by resuming this one run.
    }

    /** The median time between two steps; empty when too few were taken. */
    OptionalDouble millisecondsPerStep() {
        double[] sorted = milliseconds.build().sorted().toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : Arrays.stream(sorted).skip(sorted.length / 2).findFirst();
    }
}
