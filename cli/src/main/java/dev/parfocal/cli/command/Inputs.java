package dev.parfocal.cli.command;

import dev.parfocal.cli.run.DataSummary;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.detection.format.Format;
import dev.parfocal.detection.format.Loaded;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;

/** What a command reads before it trains. */
final class Inputs {

    private Inputs() {}

    /**
     * A data set, and the configuration that names it by the place and the format in which it was found, so that whoever
     * reads it again reads the same.
     */
    record Named(Dataset data, Configuration<RunConfig> config) {}

    /**
     * The data set that a configuration names; what was recognised, and what was left out of it, is told.
     *
     * @param quiet tell of what was left out alone
     * @throws ParfocalException if it names none, or the data set cannot be used
     */
    static Named data(Configuration<RunConfig> given, boolean strict, boolean quiet, PrintWriter err) {
        Loaded loaded = load(path(given), given.value().data().format(), strict, quiet, err);
        Map<String, Object> found = Map.of(
                "data.path",
                loaded.path().toString(),
                "data.format",
                loaded.fit().format());
        return new Named(loaded.dataset(), given.with(found, "data"));
    }

    /** @throws ParfocalException if a configuration names no data set */
    static Path path(Configuration<RunConfig> given) {
        return given.value().data().source();
    }

    /** A data set; what was recognised, and what was left out of it, is told. */
    static Dataset read(Path path, Format format, boolean strict, PrintWriter err) {
        return load(path, format, strict, false, err).dataset();
    }

    private static Loaded load(Path path, Format format, boolean strict, boolean quiet, PrintWriter err) {
        Loaded loaded = DatasetReader.read(path, format, strict);
        DataSummary summary = DataSummary.of(loaded);
        (quiet ? summary.problems() : summary.lines()).forEach(line -> err.println("data: " + line));
        return loaded;
    }
}
