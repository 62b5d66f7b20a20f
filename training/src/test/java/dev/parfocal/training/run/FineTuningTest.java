package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.engine.TensorFile.Entry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a detector that learn at other rates, or not at all. */
class FineTuningTest {
    private static final int STEPS_PER_EPOCH = 2;
    private static final Predicate<String> BODY = name -> name.startsWith("backbone.");
    private static final Predicate<String> STATISTIC = name -> name.contains("running_");

    @TempDir
    static Path folder;

    private static Dataset scenes;

    @BeforeAll
    static void draw() {
        scenes = Scenes.draw(folder, 9);
    }

    private static RunConfig config(String parts) {
        return Models.preset("nanodet")
                .overlay("""
                        model:
                          input: {width: 96, height: 96}
                          backbone: {width: 8, depths: [1, 1, 1, 1]}
                          neck: 16
                          regMax: 6
                        batch: 4
                        threads: 1
                        epochs: 3
                        ema: 0.5
                        """, "small.yaml")
                .overlay("optimizer: {parts: " + parts + "}", "parts.yaml")
                .value();
    }

    /** Trains for some steps, then, if those are not all, goes on. */
    private static TensorFile train(RunConfig config, String run, int stopAfter) {
        Path path = folder.resolve(run);
        boolean interrupted = Trainer.train(config, scenes, scenes, path, false, new ProgressListener() {
                    @Override
                    public void step(Step step) {
                        if (step.step() == stopAfter) {
                            Thread.currentThread().interrupt();
                        }
                    }
                })
                .interrupted();
        if (interrupted) {
            Trainer.train(config, scenes, scenes, path, true, ProgressListener.SILENT);
        }
        return TensorFile.read(new RunDirectory(path).checkpoint());
    }

    private static Map<String, Entry> initial(RunConfig config) {
        TrainingState state = TrainingState.of(config, Scenes.CATEGORIES.size());
        return state.toFile().tensors();
    }

    private static void assertMoved(
            Map<String, Entry> before, Map<String, Entry> after, Predicate<String> which, boolean moved) {
        before.forEach((name, entry) -> {
            String weight = name.substring(name.indexOf('/') + 1);
            if (name.contains("/") && which.test(weight)) {
                assertThat(Arrays.equals(after.get(name).values(), entry.values()))
                        .as(name)
                        .isEqualTo(!moved);
            }
        });
    }

    @Test
    void aFrozenPartKeepsItsWeightsAndItsRunningStatistics() {
        RunConfig config = config("{backbone: {freeze: 3}}");
        Map<String, Entry> before = initial(config);
        Map<String, Entry> after = train(config, "frozen", Integer.MAX_VALUE).tensors();
        assertThat(before.keySet()).anyMatch(STATISTIC.and(name -> name.contains("backbone.")));
        assertMoved(before, after, BODY, false);
        assertMoved(before, after, BODY.negate(), true);
    }

    @Test
    void aPartLearnsWhenItsFrozenEpochsAreOver() {
        RunConfig config = config("{backbone: {freeze: 2, rate: 0.5}}");
        Map<String, Entry> before = initial(config);
        assertMoved(before, train(config, "thawed", Integer.MAX_VALUE).tensors(), BODY.and(STATISTIC), true);
    }

    @Test
    void aResumedRunHasTheBitsOfAnUninterruptedOne() {
        RunConfig config = config("{backbone: {freeze: 2}, fpn: {rate: 0.1}, head.gfl_cls: {rate: 2}}");
        Map<String, Entry> whole = train(config, "whole", Integer.MAX_VALUE).tensors();
        for (int stop : new int[] {1, 2 * STEPS_PER_EPOCH, 2 * STEPS_PER_EPOCH + 1}) {
            Map<String, Entry> resumed = train(config, "resumed" + stop, stop).tensors();
            assertThat(resumed.keySet()).isEqualTo(whole.keySet());
            whole.forEach((name, entry) ->
                    assertThat(resumed.get(name).values()).as(name).isEqualTo(entry.values()));
        }
    }
}
