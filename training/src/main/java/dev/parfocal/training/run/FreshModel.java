package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.AugmentConfig;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Gate;
import dev.parfocal.training.record.StepRecord;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A model as it is before its first step. */
public final class FreshModel {

    private FreshModel() {}

    /**
     * What the first steps of a run would record if the model did not learn: losses, gradients and matching of some batches
     * on the initial weights.
     *
     * @param batches how many, at least 1
     * @throws ParfocalException if the data has no images, or the configuration does not allow training
     */
    public static List<StepRecord> look(RunConfig config, Dataset train, int batches) {
        if (train.samples().isEmpty()) {
            throw new ParfocalException("the data to look at, " + train.name() + ", has no images");
        }
        Session session = new Session(config, train, train, Path.of(""), ProgressListener.SILENT);
        return Gate.pass(() -> session.look(batches));
    }

    /**
     * What the first step would be on images as they are, with the signals of its losses. Batch statistics are taken where
     * training takes them.
     *
     * @param images how many, at least 1; fewer if there are not so many
     */
    public static StepRecord signals(RunConfig config, Dataset train, int images) {
        RunConfig plain = config.change()
                .with(Map.of("augment", AugmentConfig.NONE, "batch", images, "record.signals", 1), "signals")
                .value();
        return look(plain, train, 1).get(0);
    }
}
