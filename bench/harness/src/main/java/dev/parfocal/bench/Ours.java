package dev.parfocal.bench;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** Parfocal's kernels: both compiled backends, one and two threads, arrays and direct memory. */
final class Ours {

    private static final int FEW = 1000;
    private static final long PATIENCE = 60_000_000_000L;
    private static final long PAUSE = 100_000_000L;
    private static final Options SUM = Options.of(Normalizer.none());

    private Ours() {}

    static List<Contestant> contestants(Case subject, Inputs inputs) {
        List<Contestant> all = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            all.add(warm(Backend.VECTOR, threads, "float[]", subject, inputs));
            all.add(warm(Backend.VECTOR, threads, "direct", subject, inputs));
            all.add(warm(Backend.SCALAR, threads, "float[]", subject, inputs));
        }
        return all;
    }

    /** A contestant whose compiled form is there; the first calls, in which it is not, are measured by {@link FirstCall}. */
    private static Contestant warm(Backend backend, int threads, String memory, Case subject, Inputs inputs) {
        LossFunction function = LossFunction.of(Catalogue.get(subject.loss()), backend, threads);
        Contestant contestant = of(function, backend, threads, memory, subject, inputs);
        long end = System.nanoTime() + PATIENCE;
        do {
            contestant.call().run();
            LockSupport.parkNanos(PAUSE);
        } while (!function.isWarm() && System.nanoTime() < end);
        return contestant;
    }

    static Contestant of(
            LossFunction function, Backend backend, int threads, String memory, Case subject, Inputs inputs) {
        boolean direct = memory.equals("direct");
        Batch batch = batch(subject, inputs, function.loss().given().size(), direct);
        Floats gradient = place(new float[batch.predicted().length()], direct);
        String name = "parfocal " + backend.name().toLowerCase(Locale.ROOT);
        return new Contestant(
                name,
                threads,
                memory,
                () -> function.evaluate(batch, SUM, gradient).value());
    }

    /** Warms a pointwise loss on the first few anchors. */
    static void warm(LossFunction function, Inputs inputs) {
        int elements = FEW * Inputs.CLASSES;
        float[] quality = new float[FEW];
        Arrays.fill(quality, 1);
        Batch few = new Batch.Sparse(
                Floats.of(inputs.logits(), 0, elements),
                FEW,
                Inputs.CLASSES,
                Arrays.copyOf(inputs.labels(), FEW),
                quality);
        function.warm(few, SUM, Floats.of(new float[elements]), Duration.ofSeconds(30));
    }

    private static Batch batch(Case subject, Inputs inputs, int givens, boolean direct) {
        return switch (subject) {
            case FOCAL_SPARSE -> sparse(inputs, ones(), direct);
            case VARIFOCAL_SPARSE, QFL_SPARSE -> sparse(inputs, inputs.quality(), direct);
            case FOCAL_DENSE -> dense(inputs, inputs.oneHot(), givens, direct);
            case VARIFOCAL_DENSE, QFL_DENSE -> dense(inputs, inputs.soft(), givens, direct);
            case DFL ->
                new Batch.Rows(
                        place(inputs.rows(), direct),
                        Inputs.ROWS,
                        Inputs.BINS,
                        List.of(place(inputs.distances(), direct)));
            case IOU, GIOU, DIOU, CIOU ->
                new Batch.Boxes(place(inputs.predicted(), direct), place(inputs.target(), direct), Inputs.BOXES);
        };
    }

    private static Batch sparse(Inputs inputs, float[] quality, boolean direct) {
        return new Batch.Sparse(
                place(inputs.logits(), direct), Inputs.ANCHORS, Inputs.CLASSES, inputs.labels(), quality);
    }

    private static Batch dense(Inputs inputs, float[] targets, int givens, boolean direct) {
        List<Floats> given = new ArrayList<>();
        for (int i = 0; i < givens; i++) {
            given.add(place(targets, direct));
        }
        return new Batch.Dense(place(inputs.logits(), direct), Inputs.ANCHORS, Inputs.CLASSES, given);
    }

    private static float[] ones() {
        float[] ones = new float[Inputs.ANCHORS];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static Floats place(float[] numbers, boolean direct) {
        if (!direct) {
            return Floats.of(numbers);
        }
        ByteBuffer memory =
                ByteBuffer.allocateDirect(numbers.length * Float.BYTES).order(ByteOrder.nativeOrder());
        memory.asFloatBuffer().put(numbers);
        return Floats.of(memory);
    }
}
