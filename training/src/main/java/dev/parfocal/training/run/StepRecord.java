package dev.parfocal.training.run;

import dev.parfocal.training.criterion.LossReport;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one step was.
 *
 * @param milliseconds wall time by part: waiting for images, forward, losses and backward, update
 */
record StepRecord(
        int epoch,
        long step,
        LossReport losses,
        double learningRate,
        double gradientNorm,
        Map<String, Double> milliseconds) {

    Map<String, Object> toJson() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("step", step);
        line.put("epoch", epoch);
        line.put("total", losses.total());
        line.put("weighted", losses.weighted());
        line.put("losses", losses.values());
        if (!losses.gain().isEmpty()) {
            line.put("gain", losses.gain());
        }
        if (!losses.balance().isEmpty()) {
            line.put("balance", losses.balance());
        }
        line.put("positives", losses.positives());
        line.put("learningRate", learningRate);
        line.put("gradientNorm", gradientNorm);
        line.put("milliseconds", milliseconds);
        return line;
    }

    ProgressListener.Step toStep(long steps, double seconds) {
        Map<String, Double> weighted = new LinkedHashMap<>(losses.weighted());
        weighted.put("total", losses.total());
        Duration left = Duration.ofMillis((long) (1000 * seconds / step * (steps - step)));
        return new ProgressListener.Step(
                epoch, step, steps, weighted, learningRate, gradientNorm, losses.positives(), left);
    }
}
