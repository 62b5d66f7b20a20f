package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.format.Format;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the images come from.
 *
 * @param path folder or file; absent: given on the command line
 * @param format its layout
 * @param train name of the split to train on; absent: all images
 * @param val name of the split to evaluate on; absent: the images trained on
 */
public record DataConfig(
        @Nullable String path,
        Format format,
        @Nullable String train,
        @Nullable String val) {
    /**
     * The folder or file.
     *
     * @throws ParfocalException if none is named
     */
    public Path source() {
        if (path == null) {
            throw new ParfocalException("say what to train on: --data DIR");
        }
        return Path.of(path);
    }

    /** Splits train and val, in whatever format. */
    public static final DataConfig DEFAULT = new DataConfig(null, Format.AUTO, "train", "val");
}
