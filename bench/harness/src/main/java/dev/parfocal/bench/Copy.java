package dev.parfocal.bench;

import java.util.stream.IntStream;

/** The floor: copying the logits once, which reads and writes as much as any loss with a gradient must. */
final class Copy {

    private Copy() {}

    static Contestant of(float[] source, int threads) {
        float[] target = new float[source.length];
        int share = source.length / threads;
        return new Contestant("copy of the logits", threads, "float[]", () -> {
            IntStream.range(0, threads)
                    .parallel()
                    .forEach(t -> System.arraycopy(source, t * share, target, t * share, share));
            return target[0];
        });
    }
}
