package dev.parfocal.examples;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.synth.SceneFiles;
import dev.parfocal.detection.synth.SceneGenerator;
import dev.parfocal.detection.synth.SceneOptions;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.Incident;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.run.Replay;
import dev.parfocal.training.run.Trainer;
import dev.parfocal.training.run.TrainingResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run with a learning rate that no detector survives: the guard says where numbers overflow, goes back to the last
 * checkpoint with a lower rate, and the run ends well. The step that failed is then taken again from its file alone.
 */
public final class RollbackAndReplay {

    private static final String SETTINGS = """
            model: {widths: [8, 8, 8, 8, 8], neck: 8, regMax: 4, input: {width: 64, height: 48}}
            optimizer: {learningRate: 1e30}
            guard: {policy: rollback, factor: 1e-16}
            batch: 4
            epochs: 3
            threads: 1
            """;

    private RollbackAndReplay() {}

    /** Trains and replays in a temporary folder. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("parfocal-example");
        try {
            SceneGenerator generator = new SceneGenerator(1, SceneOptions.defaults());
            Dataset scenes = SceneFiles.write(generator, folder.resolve("scenes"), SceneFiles.parts(8, 2, 0), "png");
            List<Incident> incidents = new ArrayList<>();
            TrainingResult result = Trainer.train(
                    RunConfig.parse(SETTINGS, "settings"),
                    scenes.split("train"),
                    scenes.split("val"),
                    folder.resolve("run"),
                    false,
                    new ProgressListener() {
                        @Override
                        public void incident(Incident incident) {
                            incidents.add(incident);
                        }
                    });
            explain(incidents, result);
        } finally {
            delete(folder);
        }
    }

    private static void explain(List<Incident> incidents, TrainingResult result) {
        for (Incident incident : incidents) {
            System.out.printf("%s%n  -> %s%n", incident.words(), incident.action());
        }
        Replay replay = Replay.of(incidents.get(0).file().orElseThrow());
        System.out.printf("%nreplayed:%n%s%n", replay.verdict().table());
        System.out.printf("the run took %d steps in the end%n", result.steps());
        if (!replay.same() || result.steps() != 6) {
            throw new IllegalStateException("the run did not recover, or the replay found something else");
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
