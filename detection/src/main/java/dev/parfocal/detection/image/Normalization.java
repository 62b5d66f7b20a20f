package dev.parfocal.detection.image;

/**
 * How levels in [0, 1] become a network's input: {@code (level - mean) / deviation}, the same for red, green and blue.
 *
 * @param deviation positive
 */
public record Normalization(float mean, float deviation) {

    /** Levels of ordinary pictures come to lie around 0 with a deviation around 1. */
    public static final Normalization STANDARD = new Normalization(0.5f, 0.25f);

    /** Levels stay in [0, 1]. */
    public static final Normalization NONE = new Normalization(0, 1);

    public Normalization {
        if (!(deviation > 0)) {
            throw new IllegalArgumentException("the deviation must be positive, not " + deviation);
        }
    }
}
