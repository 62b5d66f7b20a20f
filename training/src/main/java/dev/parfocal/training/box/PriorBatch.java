package dev.parfocal.training.box;

import dev.parfocal.detection.assign.Priors;
import java.util.Collections;
import java.util.List;

/**
 * The priors of a batch's images, one image behind the other. A <i>row</i> is the number of a prior in the batch.
 *
 * @param images priors of each image, at least one image
 * @param starts {@code [images + 1]} the row at which each image begins; the last is the number of rows
 */
public record PriorBatch(List<Priors> images, int[] starts) {

    /** Priors that may differ from image to image, such as proposals. */
    public static PriorBatch of(List<Priors> images) {
        int[] starts = new int[images.size() + 1];
        for (int i = 0; i < images.size(); i++) {
            starts[i + 1] = starts[i] + images.get(i).size();
        }
        return new PriorBatch(List.copyOf(images), starts);
    }

    /** The same priors for every image: cells, anchors. */
    public static PriorBatch same(Priors priors, int images) {
        return of(Collections.nCopies(images, priors));
    }

    /** Number of rows. */
    public int rows() {
        return starts[images.size()];
    }

    /** The row at which an image begins. */
    public int start(int image) {
        return starts[image];
    }

    /** The priors of an image. */
    public Priors of(int image) {
        return images.get(image);
    }

    /** The image of a row. */
    public int image(int row) {
        int low = 0;
        int high = images.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (starts[middle] <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The number of a row's prior in its image. */
    public int prior(int row) {
        return row - starts[image(row)];
    }
}
