package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;

/** An image's objects cannot be matched with what an output predicts. */
public final class MatchingRefusal extends ParfocalException {

    private static final long serialVersionUID = 1;

    private final String output;
    private final int image;
    private final String reason;

    /**
     * A refusal.
     *
     * @param output its name
     * @param image in the batch, from 0
     */
    MatchingRefusal(String output, int image, ParfocalException cause) {
        super(output + ", image " + image + " of the batch: " + cause.getMessage(), cause);
        this.output = output;
        this.image = image;
        this.reason = String.valueOf(cause.getMessage());
    }

    /** Name of the output. */
    public String output() {
        return output;
    }

    /** Number of the image in the batch, from 0. */
    public int image() {
        return image;
    }

    /** Why. */
    public String reason() {
        return reason;
    }
}
