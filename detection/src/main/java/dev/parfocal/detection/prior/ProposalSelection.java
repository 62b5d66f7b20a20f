package dev.parfocal.detection.prior;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.metric.Nms;
import java.util.Arrays;

/**
 * Which of its boxes a region proposal network proposes: Ren, He, Girshick, Sun: Faster R-CNN, NeurIPS 2015, section 3.3, arXiv
 * 1506.01497; as torchvision's {@code filter_proposals}.
 *
 * <p>Of every level the boxes of the highest logits are taken, clipped to the image, and freed of those too small; then, within
 * each level, a box goes that overlaps a better one too much; of the rest the best stay, over all levels. Equals count in the
 * order of the priors. A box or logit that is not a number is never proposed.
 *
 * @param perLevel boxes taken of every level; at least 1
 * @param kept the most proposals; at least 1
 * @param overlap the IoU that is allowed, in [0, 1]
 * @param smallest the least width and height in pixels, after clipping; at least 0
 */
public record ProposalSelection(int perLevel, int kept, double overlap, double smallest) {

    public ProposalSelection {
        if (perLevel < 1 || kept < 1 || !(overlap >= 0 && overlap <= 1) || !(smallest >= 0)) {
            throw new ParfocalException("proposals need 1 box or more per level and in all, an overlap in [0, 1] and a"
                    + " smallest size of 0 or more, not " + perLevel + ", " + kept + ", " + overlap + " and "
                    + smallest);
        }
    }

    /** As torchvision trains: 2000 of every level, 2000 kept. */
    public static ProposalSelection training() {
        return new ProposalSelection(2000, 2000, 0.7, 1e-3);
    }

    /** As torchvision detects: 1000 of every level, 1000 kept. */
    public static ProposalSelection use() {
        return new ProposalSelection(1000, 1000, 0.7, 1e-3);
    }

    /**
     * The proposals of one image.
     *
     * @param now logits of the one class 0, and decoded boxes in pixels
     * @param width of the detector's input in pixels
     * @param height of the detector's input in pixels
     */
    public Proposals select(Priors priors, Predictions now, int width, int height) {
        Candidates all = new Candidates(priors.size());
        for (int level = 0; level < priors.levels(); level++) {
            for (int prior : best(now, priors.levelStart()[level], priors.levelStart()[level + 1])) {
                add(prior, level, now, width, height, all);
            }
        }
        Candidates found = all.trimmed();
        int[] stay = Nms.perClass(found.box, found.logit, found.level, overlap, kept);
        Proposals proposals = new Proposals(new float[4 * stay.length], new float[stay.length]);
        for (int i = 0; i < stay.length; i++) {
            System.arraycopy(found.box, 4 * stay[i], proposals.box(), 4 * i, 4);
            proposals.logit()[i] = found.logit[stay[i]];
        }
        return proposals;
    }

    private void add(int prior, int level, Predictions now, int width, int height, Candidates into) {
        float x1 = clamp(now.side(prior, 0), width);
        float y1 = clamp(now.side(prior, 1), height);
        float x2 = clamp(now.side(prior, 2), width);
        float y2 = clamp(now.side(prior, 3), height);
        if (x2 - x1 >= (float) smallest && y2 - y1 >= (float) smallest) {
            into.add(new float[] {x1, y1, x2, y2}, (float) now.logit(prior, 0), level);
        }
    }

    private static float clamp(double side, int limit) {
        return Math.max(0, Math.min(limit, (float) side));
    }

    /** The priors of the highest logits, best first. */
    private int[] best(Predictions now, int from, int to) {
        long[] keys = new long[to - from];
        int count = 0;
        for (int prior = from; prior < to; prior++) {
            float logit = (float) now.logit(prior, 0);
            if (!Float.isNaN(logit)) {
                keys[count++] = key(logit, prior);
            }
        }
        Arrays.sort(keys, 0, count);
        int[] best = new int[Math.min(perLevel, count)];
        for (int i = 0; i < best.length; i++) {
            best[i] = (int) keys[i];
        }
        return best;
    }

    /** Sorts by descending logit, then by ascending prior; the prior is in the lower half. */
    private static long key(float logit, int prior) {
        int bits = Float.floatToIntBits(logit + 0f);
        int ascending = bits ^ (bits >> 31 & Integer.MAX_VALUE);
        return (long) ~ascending << 32 | prior;
    }

    private static final class Candidates {
        private final float[] box;
        private final float[] logit;
        private final int[] level;
        private int count;

        Candidates(int size) {
            this(new float[4 * size], new float[size], new int[size]);
        }

        private Candidates(float[] box, float[] logit, int[] level) {
            this.box = box;
            this.logit = logit;
            this.level = level;
        }

        void add(float[] sides, float score, int on) {
            System.arraycopy(sides, 0, box, 4 * count, 4);
            logit[count] = score;
            level[count++] = on;
        }

        Candidates trimmed() {
            return new Candidates(
                    Arrays.copyOf(box, 4 * count), Arrays.copyOf(logit, count), Arrays.copyOf(level, count));
        }
    }
}
