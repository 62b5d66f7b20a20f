package dev.parfocal.detection.prior;

/**
 * The boxes of an image that are worth a second look, best first.
 *
 * @param box {@code [proposals, 4]} x1, y1, x2, y2 in pixels
 * @param logit {@code [proposals]} how sure it is that there is an object
 */
public record Proposals(float[] box, float[] logit) {

    public int size() {
        return logit.length;
    }
}
