package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.locks.LockSupport;

/** Waits until a loss runs on its fastest code. */
final class Warm {

    /** Vector code is compiled by one thread: of the tests that wait for it only one runs at a time. */
    static final String UP = "warm-up";

    /** Only so that a test ends at all. */
    private static final long LIMIT = 900_000_000_000L;

    private Warm() {}

    static void await(LossFunction function) {
        // What other tests asked for and hold no more is left out of the queue.
        System.gc();
        long end = System.nanoTime() + LIMIT;
        while (!function.isWarm() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(function.isWarm()).as("warm in time").isTrue();
    }
}
