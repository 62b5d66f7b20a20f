package dev.parfocal.detection.synth;

import dev.parfocal.core.ParfocalException;

/**
 * What the scenes look like.
 *
 * @param width in pixels
 * @param height in pixels
 * @param maxObjects most objects in a scene; scenes hold 1 to this many
 * @param minSize smallest diameter of an object, in pixels
 * @param maxSize largest diameter of an object, in pixels
 * @param maxTurn how far objects are turned from upright, to either side, in degrees in [0, 180]
 * @param imbalance how many times as often the commonest of the ordinary categories is drawn as the least common; 1 or more
 * @param rareShare share of the objects that are of the rare category, in [0, 1]
 * @param emptyShare share of the scenes without objects, in [0, 1]
 * @param clutter how much lies about: 0 nothing, 1 the usual
 * @param noise how grainy the pictures are: 0 clean, 1 the usual
 */
public record SceneOptions(
        int width,
        int height,
        int maxObjects,
        double minSize,
        double maxSize,
        double maxTurn,
        double imbalance,
        double rareShare,
        double emptyShare,
        double clutter,
        double noise) {

    public SceneOptions {
        require("width", width, 32, 4096);
        require("height", height, 32, 4096);
        require("most objects", maxObjects, 1, 1000);
        require("smallest size", minSize, 4, Math.min(width, height));
        require("largest size", maxSize, minSize, Math.min(width, height));
        require("turn", maxTurn, 0, 180);
        require("imbalance", imbalance, 1, 1000);
        require("share of the rare category", rareShare, 0, 1);
        require("share of empty scenes", emptyShare, 0, 1);
        require("clutter", clutter, 0, 5);
        require("noise", noise, 0, 5);
    }

    /** 256 × 192 pixels, up to 8 leaning objects of 24 to 84 pixels, twice as many discs as rings, one gear in 20. */
    public static SceneOptions defaults() {
        return new SceneOptions(256, 192, 8, 24, 84, 15, 2, 0.05, 0.03, 0.7, 0.5);
    }

    /** The same with another imbalance and share of the rare category. */
    public SceneOptions withImbalance(double newImbalance, double newRareShare) {
        return new SceneOptions(
                width,
                height,
                maxObjects,
                minSize,
                maxSize,
                maxTurn,
                newImbalance,
                newRareShare,
                emptyShare,
                clutter,
                noise);
    }

    private static void require(String what, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new ParfocalException("scenes: the " + what + " must be in [" + min + ", " + max + "], not " + value);
        }
    }
}
