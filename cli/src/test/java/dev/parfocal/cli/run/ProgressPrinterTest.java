package dev.parfocal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.record.Matching;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.run.ProgressListener.Start;
import dev.parfocal.training.run.ProgressListener.Step;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressPrinterTest {

    private final StringWriter text = new StringWriter();
    private long nanos;

    @Test
    void elsewhereThanOnATerminalALineNowAndThen() {
        ProgressPrinter printer = new ProgressPrinter(new PrintWriter(text), false, () -> nanos);

        run(printer);

        assertThat(text.toString().lines())
                .containsExactly(
                        "1,234 parameters, 16 images, 3 epochs, 60 steps",
                        "gain: the classification loss counts 0.123 times",
                        "epoch 1/3  step 15/60  loss 2.000 (classification 1.500, box 0.500)  rate 0.0010  gradient 3.3  45 s left",
                        "epoch 2/3  step 30/60  loss 2.000 (classification 1.500, box 0.500)  rate 0.0010  gradient 3.3  30 s left",
                        "epoch 3/3  step 45/60  loss 2.000 (classification 1.500, box 0.500)  rate 0.0010  gradient 3.3  15 s left",
                        "epoch 3/3  step 60/60  loss 2.000 (classification 1.500, box 0.500)  rate 0.0010  gradient 3.3  0 s left",
                        "epoch 3: AP 0.500, AP50 0.750, AP75 -",
                        "stopped at step 60; nothing is lost, go on with: parfocal train --out runs/x --resume");
    }

    @Test
    void onATerminalOneLineThatKeepsChanging() {
        ProgressPrinter printer = new ProgressPrinter(new PrintWriter(text), true, () -> nanos);

        run(printer);

        assertThat(text.toString().chars().filter(c -> c == '\n'))
                .as("lines that end")
                .hasSize(4);
        assertThat(text.toString())
                .contains("\r\u001b[Kepoch 1/3  step 1/60  loss 2.000  rate 0.0010  gradient 3.3\r\u001b[Kepoch 1/3");
    }

    @Test
    void waitingForImagesIsSaid() {
        ProgressPrinter printer = new ProgressPrinter(new PrintWriter(text), false, () -> nanos);
        printer.started(new Start(1234, 16, 3, 0, 60));
        for (int step = 1; step <= 60; step++) {
            nanos += 1_000_000_000L;
            printer.step(
                    new Step(record(step, Map.of("data", 300.0, "forward", 700.0)), 60, Duration.ofSeconds(60 - step)));
        }
        assertThat(text.toString()).contains("gradient 3.3  waiting for images 29 %  0 s left");
    }

    private static StepRecord record(int step) {
        return record(step, Map.of());
    }

    private static StepRecord record(int step, Map<String, Double> milliseconds) {
        Map<String, StepRecord.Component> losses = new LinkedHashMap<>();
        losses.put("classification", new StepRecord.Component(1.5, 1.5, 1));
        losses.put("box", new StepRecord.Component(0.25, 0.5, 1));
        Matching none = new Matching(new long[0], new long[0], new long[0], new long[0]);
        return new StepRecord(
                (step + 19) / 20, step, losses, none, Map.of(), 1e-3, 3.25, 3, milliseconds, Map.of(), null);
    }

    private void run(ProgressPrinter printer) {
        printer.started(new Start(1234, 16, 3, 0, 60));
        printer.gained(Map.of("classification", 0.12345));
        for (int step = 1; step <= 60; step++) {
            nanos += 1_000_000_000L;
            Duration left = Duration.ofSeconds(60 - step);
            printer.step(new Step(record(step), 60, left));
        }
        printer.evaluated(3, Map.of("AP", 0.5, "AP50", 0.75));
        printer.stopped(60, Path.of("runs", "x"));
    }
}
