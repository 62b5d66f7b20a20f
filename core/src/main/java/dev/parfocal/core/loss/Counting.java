package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Workers;
import java.util.stream.Stream;

/** Takes the census of a batch of classes, on several threads; of dense targets only where somebody asks for it. */
final class Counting {

    private static final int DENSE_PER_CHUNK = 1024;
    private static final int SPARSE_PER_CHUNK = 16384;

    private Counting() {}

    static Census count(Call call, int threads) {
        if (call.batch() instanceof Batch.Sparse) {
            return count(call, threads, SPARSE_PER_CHUNK);
        }
        if (!(call.batch() instanceof Batch.Dense)) {
            return Census.of(call, 0, call.anchors());
        }
        Normalizer normalizer = call.options().normalizer();
        if (normalizer == Normalizer.Simple.NONE
                || normalizer == Normalizer.Simple.ELEMENTS
                || normalizer instanceof Normalizer.Given
                || normalizer instanceof Normalizer.PerImage) {
            return new Census(call.batch().elements(), 0, 0);
        }
        return count(call, threads, DENSE_PER_CHUNK);
    }

    /** In chunks that are the same for any number of threads, so that the sum of the qualities has the same bits. */
    private static Census count(Call call, int threads, int step) {
        int anchors = call.anchors();
        Census[] counts = new Census[(anchors + step - 1) / step];
        Workers.run(threads, counts.length, (worker, chunk) -> {
            int from = chunk * step;
            counts[chunk] = Census.of(call, from, Math.min(anchors, from + step));
        });
        return Stream.of(counts).reduce(new Census(0, 0, 0), Census::plus);
    }
}
