package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Gate;
import java.nio.file.Path;

/** Trains a detector. */
public final class Trainer {
    private Trainer() {}

    /**
     * Trains and evaluates; writes everything about the run to its directory. An interrupt of the calling thread ends the
     * run after the current step with a checkpoint, from which {@code resume} goes on.
     *
     * @param run made if need be
     * @param resume go on from the directory's last checkpoint instead of refusing a directory that has a run
     * @throws ParfocalException if the data, the directory or the configuration do not allow it, or a loss is not finite
     */
    public static TrainingResult train(
            RunConfig config, Dataset train, Dataset val, Path run, boolean resume, ProgressListener listener) {
        requireImages(train, "train");
        requireImages(val, "evaluate");
        config.model().capacity().ifPresent(most -> requireAtMost(train, most));
        if (resume) {
            new RunDirectory(run).requireSameLosses();
        }
        return Gate.pass(() -> new Session(config, train, val, run, listener).run(resume));
    }

    /** A detector that gives each object to one query cannot learn an image with more of them. */
    private static void requireAtMost(Dataset data, int most) {
        for (Sample sample : data.samples()) {
            long objects = sample.annotations().stream()
                    .filter(object -> !object.crowd())
                    .count();
            if (objects > most) {
                throw new ParfocalException(
                        sample.file() + " has " + objects + " objects, but model.decoder.queries is " + most
                                + ", and each query learns one object: raise model.decoder.queries");
            }
        }
    }

    private static void requireImages(Dataset data, String purpose) {
        if (data.samples().isEmpty()) {
            throw new ParfocalException("the data to " + purpose + " on, " + data.name() + ", has no images");
        }
    }
}
