package dev.parfocal.training.config;

import dev.parfocal.detection.format.Format;

/**
 * Where the images come from.
 *
 * @param path folder or file; empty: given on the command line
 * @param format its layout
 * @param train name of the split to train on; empty: all images
 * @param val name of the split to evaluate on; empty: the images trained on
 */
public record DataConfig(String path, Format format, String train, String val) {
    /** Splits train and val, in whatever format. */
    public static final DataConfig DEFAULT = new DataConfig("", Format.AUTO, "train", "val");
}
