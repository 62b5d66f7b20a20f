package dev.parfocal.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

class WorkersTest {

    @Test
    void everyChunkIsDoneOnceByWhateverNumberOfThreads() {
        for (int threads = 1; threads <= 9; threads++) {
            for (int chunks : new int[] {0, 1, 2, 100}) {
                AtomicIntegerArray done = new AtomicIntegerArray(chunks);
                int most = threads;
                Workers.run(threads, chunks, (worker, chunk) -> {
                    assertThat(worker).isBetween(0, most - 1);
                    done.incrementAndGet(chunk);
                });
                for (int i = 0; i < chunks; i++) {
                    assertThat(done.get(i)).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void theFirstFailureIsThrownAndTheThreadsLiveOn() {
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> Workers.run(4, 64, (worker, chunk) -> {
                        if (chunk % 10 == 7) {
                            throw new IllegalStateException("chunk " + chunk);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("chunk 7");
        }
    }

    @Test
    void aTaskInsideATaskIsDoneByItsCaller() {
        AtomicIntegerArray done = new AtomicIntegerArray(12);
        Workers.run(
                3, 3, (worker, outer) -> Workers.run(3, 4, (inner, chunk) -> done.incrementAndGet(outer * 4 + chunk)));
        for (int i = 0; i < 12; i++) {
            assertThat(done.get(i)).isEqualTo(1);
        }
    }
}
