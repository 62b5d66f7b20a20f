package dev.parfocal.bench;

/**
 * One way of computing a value and its gradient.
 *
 * @param name what does it: {@code parfocal vector}, {@code libtorch eager}
 * @param threads how many threads it may use
 * @param memory where logits and gradient lie: {@code float[]}, {@code direct}, {@code tensor}
 * @param call computes value and gradient once
 */
public record Contestant(String name, int threads, String memory, Call call) {

    /** One evaluation. */
    @FunctionalInterface
    public interface Call {
        /** The value, so that contestants can be seen to compute the same thing. */
        double run();
    }
}
