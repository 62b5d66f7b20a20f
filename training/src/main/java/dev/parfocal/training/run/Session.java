package dev.parfocal.training.run;

import dev.parfocal.detection.data.Dataset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One call of {@link Trainer#train}. */
record Session(RunConfig config, Dataset train, Dataset val, Path run, ProgressListener listener) {

    TrainingResult run(boolean resume) {
        listener.started(new ProgressListener.Start(0, train.samples().size(), config.epochs(), 0, 0));
        return new TrainingResult(run, Map.of(), Duration.ZERO, 0, resume);
    }
}
