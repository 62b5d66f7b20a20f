package dev.parfocal.training.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.box.DeltaCode;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec.Columns;
import dev.parfocal.training.model.Scoring;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores of an output that has a column for the background. */
class ScoredOutputTest {

    @BeforeAll
    static void start() {
        Engine.start(1);
    }

    private static float[] scores(boolean softmax) {
        return Scope.unrecorded(() -> {
            Tensor logits = Tensor.zeros(1, 3);
            logits.set(new float[] {3, 1, -2});
            PriorBatch priors = PriorBatch.same(Priors.boxes(new float[] {0, 0, 8, 8}), 1);
            Output output = new Output("roi", priors, logits, Tensor.zeros(1, 8), new DeltaCode(10, 5, 2));
            ScoredOutput scored = ScoredOutput.of(output, softmax, Columns.BACKGROUND_AND_CLASSES, Scoring.PLAIN, 2);
            return new float[] {scored.score(0, 0), scored.score(0, 1)};
        });
    }

    @Test
    void areSharesOfTheSoftmaxWhereClassesExcludeEachOther() {
        double sum = Math.exp(3) + Math.exp(1) + Math.exp(-2);
        assertThat(scores(true)[0]).isCloseTo((float) (Math.exp(1) / sum), within(1e-6f));
        assertThat(scores(true)[1]).isCloseTo((float) (Math.exp(-2) / sum), within(1e-6f));
    }

    @Test
    void areSigmoidsWhereEveryClassIsAskedForByItself() {
        assertThat(scores(false)[0]).isCloseTo((float) (1 / (1 + Math.exp(-1))), within(1e-6f));
        assertThat(scores(false)[1]).isCloseTo((float) (1 / (1 + Math.exp(2))), within(1e-6f));
    }

    @Test
    void theLossOnTheClassesDecides() {
        assertThat(exclusive("softmax_focal")).isTrue();
        assertThat(exclusive("focal")).isFalse();
    }

    private static boolean exclusive(String loss) {
        RunConfig config = Models.preset("faster_rcnn")
                .withTexts(Map.of("loss.roi.classification.loss", loss), "the test")
                .value();
        return config.loss().isExclusive(config.model());
    }
}
