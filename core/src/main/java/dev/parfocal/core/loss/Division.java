package dev.parfocal.core.loss;

/**
 * What a batch's sum is divided by, settled.
 *
 * @param normalizer one number for the whole batch
 * @param byImage further divisors, one for each image; empty where images are not told apart
 * @param census the batch's counts
 */
record Division(double normalizer, double[] byImage, Census census) {

    private static final double[] NONE = {};

    static Division of(Call call, Census census) {
        Normalizer normalizer = call.options().normalizer();
        if (normalizer instanceof Normalizer.PerImage images) {
            return new Division(images.images(), byImage(call, images.images()), census);
        }
        return new Division(whole(normalizer, census), NONE, census);
    }

    private static double whole(Normalizer normalizer, Census census) {
        if (normalizer instanceof Normalizer.Given given) {
            return given.number();
        }
        if (normalizer instanceof MovingAverage average) {
            return average.next(census.positives());
        }
        return simple((Normalizer.Simple) normalizer, census);
    }

    private static double simple(Normalizer.Simple normalizer, Census census) {
        return switch (normalizer) {
            case NONE -> 1;
            case ELEMENTS -> Math.max(1, census.elements());
            case POSITIVES -> Math.max(1, census.positives());
            case QUALITY -> Math.max(1, census.quality());
        };
    }

    private static double[] byImage(Call call, int images) {
        int each = call.anchors() / images;
        double[] divisors = new double[images];
        for (int i = 0; i < images; i++) {
            divisors[i] = Math.max(1, Census.of(call, i * each, (i + 1) * each).positives());
        }
        return divisors;
    }
}
