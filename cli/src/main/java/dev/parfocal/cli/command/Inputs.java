package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.detection.format.Format;
import dev.parfocal.detection.format.Loaded;
import dev.parfocal.training.config.RunConfig;
import java.io.PrintWriter;
import java.nio.file.Path;

/** What a command reads before it trains. */
final class Inputs {

    private Inputs() {}

    /**
     * The data set that a configuration names; what was left out of it is reported.
     *
     * @throws ParfocalException if it names none, or the data set cannot be used
     */
    static Dataset data(RunConfig config, boolean strict, PrintWriter err) {
        if (config.data().path().isEmpty()) {
            throw new ParfocalException("say what to train on: --data DIR");
        }
        return read(Path.of(config.data().path()), config.data().format(), strict, err);
    }

    /** A data set; what was left out of it is reported. */
    static Dataset read(Path path, Format format, boolean strict, PrintWriter err) {
        Loaded loaded = DatasetReader.read(path, format, strict);
        loaded.lint().lines().forEach(line -> err.println("data: " + line));
        return loaded.dataset();
    }
}
