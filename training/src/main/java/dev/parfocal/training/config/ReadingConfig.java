package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import org.jspecify.annotations.Nullable;

/**
 * How training images are read. Nothing of it changes what a step sees.
 *
 * @param threads that decode and augment beside the engine's, at least 1
 * @param cache megabytes of decoded images that are kept, at least 0; absent: half of the heap
 */
public record ReadingConfig(int threads, @Nullable Integer cache) {
    /** One thread, half of the heap. */
    public static final ReadingConfig DEFAULT = new ReadingConfig(1, null);

    private static final int MOST_THREADS = 256;

    /** Checks the ranges. */
    public ReadingConfig {
        if (threads < 1 || threads > MOST_THREADS || cache != null && cache < 0) {
            throw new ParfocalException("reading: threads must be in [1, " + MOST_THREADS + "] (is " + threads
                    + "), cache at least 0 megabytes" + (cache == null ? "" : " (is " + cache + ")"));
        }
    }

    /** Bytes of decoded images that are kept. */
    public long cacheBytes() {
        return cache == null ? Runtime.getRuntime().maxMemory() / 2 : cache * 1_000_000L;
    }
}
