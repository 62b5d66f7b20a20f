package dev.parfocal.training.engine;

/** The normalisations that Parfocal's own detector can be built with; each makes a block for a number of channels. */
public enum Normalization {
    /** Over the batch; Ioffe and Szegedy, arXiv 1502.03167. Fast, needs batches of some size. */
    BATCH {
        @Override
        Norm norm(int channels) {
            return Norm.Batch.PYTORCH;
        }
    },
    /** Over groups of 8 channels of one image; Wu and He, arXiv 1803.08494. Independent of the batch's size. */
    GROUP {
        @Override
        Norm norm(int channels) {
            return new Norm.Group(channels % GROUP_SIZE == 0 ? channels / GROUP_SIZE : 1, EPSILON);
        }
    };

    private static final double EPSILON = 1e-5;
    private static final int GROUP_SIZE = 8;

    /** A normalising block with scale 1 and shift 0. */
    public Block block(Layers layers, String name, int channels) {
        return block(layers, name, channels, 1);
    }

    /** A normalising block whose scale is {@code start} at first, and its shift 0. */
    public Block block(Layers layers, String name, int channels, double start) {
        return norm(channels).block(layers, name, channels, start, Norm.Names.PARFOCAL);
    }

    abstract Norm norm(int channels);
}
