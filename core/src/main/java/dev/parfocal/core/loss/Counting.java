package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Workers;
import java.util.stream.Stream;

/** Takes the census of a batch, on several threads where it is dense, and only where somebody asks for it. */
final class Counting {

    private static final int ANCHORS_PER_CHUNK = 1024;

    private Counting() {}

    static Census count(Call call, int threads) {
        int anchors = call.anchors();
        if (!(call.batch() instanceof Batch.Dense)) {
            return Census.of(call, 0, anchors);
        }
        Normalizer normalizer = call.options().normalizer();
        if (normalizer == Normalizer.Simple.NONE
                || normalizer == Normalizer.Simple.ELEMENTS
                || normalizer instanceof Normalizer.Given
                || normalizer instanceof Normalizer.PerImage) {
            return new Census(call.batch().elements(), 0, 0);
        }
        int chunks = (anchors + ANCHORS_PER_CHUNK - 1) / ANCHORS_PER_CHUNK;
        Census[] counts = new Census[chunks];
        Workers.run(threads, chunks, (worker, chunk) -> {
            int from = chunk * ANCHORS_PER_CHUNK;
            counts[chunk] = Census.of(call, from, Math.min(anchors, from + ANCHORS_PER_CHUNK));
        });
        return Stream.of(counts).reduce(new Census(0, 0, 0), Census::plus);
    }
}
