package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors that become objects show in the bytes that a call allocates: a hundred times the tile. */
@ResourceLock(Warm.UP)
class AllocationTest {

    private static final int ANCHORS = 20_000;
    private static final long FEW_BYTES = 64 << 10;

    @ParameterizedTest
    @CsvSource({"focal, false", "focal, true", "distribution_focal, false", "giou, false"})
    void aWarmCallAllocatesNothingOfTheBatchsSize(String name, boolean direct) {
        Loss loss = Catalogue.get(name);
        Batches memory = Batches.seeded(1, direct);
        Batch batch = memory.of(loss, ANCHORS, true);
        Floats gradient = memory.room(batch.predicted().length());
        Options options = Options.of(loss.recipe());
        LossFunction function = LossFunction.of(loss, Backend.VECTOR, 1);
        assertThat(function.warm(batch, options, gradient, Duration.ofMinutes(2)))
                .isTrue();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long before = allocated();
            function.evaluate(batch, options, gradient);
            least = Math.min(least, allocated() - before);
        }
        assertThat(least).isLessThan(FEW_BYTES);
        assertThat(4L * batch.predicted().length()).isGreaterThan(4 * FEW_BYTES);
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
