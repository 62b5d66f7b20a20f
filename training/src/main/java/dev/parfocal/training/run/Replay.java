package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.training.config.LossFiles;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.curriculum.Curriculum;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Gate;
import dev.parfocal.training.guard.BatchNames;
import dev.parfocal.training.guard.IncidentFile;
import dev.parfocal.training.guard.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a step that failed again, from its incident's file alone.
 *
 * @param step the step, from 1
 * @param pictures the batch's images
 * @param learningRate of the step
 * @param verdict what was found now
 * @param found the table of what the run found
 */
public record Replay(long step, List<BatchNames.Picture> pictures, double learningRate, Verdict verdict, String found) {

    /** Whether the same was found as in the run, to the last bit. */
    public boolean same() {
        return verdict.table().equals(found);
    }

    /**
     * Reads an incident and examines its step.
     *
     * @throws ParfocalException if the file cannot be read, or is no incident, or does not fit this version
     */
    public static Replay of(Path file) {
        IncidentFile incident = IncidentFile.read(file);
        return Gate.pass(() -> LossFiles.unpacked(
                incident.config(), incident.losses(), yaml -> of(incident, RunConfig.parse(yaml, file.toString()))));
    }

    private static Replay of(IncidentFile incident, RunConfig config) {
        Engine.start(incident.threads());
        TrainingState state = TrainingState.of(config, incident.classes().size());
        state.restore(incident.state());
        long steps = incident.steps();
        Curriculum curriculum = new Curriculum(config.curriculum(), config.losses(), config.assigner(), steps);
        StepRunner runner = new StepRunner(config, state, steps, curriculum, incident.classes());
        double rate = runner.learningRate();
        long step = state.step + 1;
        Verdict verdict = runner.examine(images(incident, config));
        return new Replay(step, incident.pictures(), rate, verdict, incident.found());
    }

    private static Batches.Images images(IncidentFile incident, RunConfig config) {
        Frame frame = Inference.frame(config.model());
        if (incident.planes().length != incident.pictures().size() * frame.size()) {
            throw new ParfocalException("the incident is damaged: it has " + incident.planes().length
                    + " pixels, but its images have " + incident.pictures().size() * frame.size());
        }
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < incident.pictures().size(); i++) {
            BatchNames.Picture picture = incident.pictures().get(i);
            int height = (int) incident.shape()[2];
            int width = (int) incident.shape()[3];
            samples.add(new Sample(
                    picture.id(),
                    Path.of(picture.file()),
                    width,
                    height,
                    incident.objects().get(i)));
        }
        return new Batches.Images(incident.directPlanes(), incident.objects(), samples);
    }
}
