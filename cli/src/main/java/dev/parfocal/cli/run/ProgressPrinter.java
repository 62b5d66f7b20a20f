package dev.parfocal.cli.run;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.cli.text.Durations;
import dev.parfocal.cli.text.Invocation;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.run.Incident;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.weights.WeightReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells how a run goes on: one line that keeps changing on a terminal, a plain line now and then elsewhere. */
public final class ProgressPrinter implements ProgressListener {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(15);
    private static final double MEMORY = 0.95;
    /** From this share of a step's time on, waiting for images is worth a word. */
    private static final double WORTH_A_WORD = 0.1;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    /** Steps before an estimate of the time left means something: the first ones are slow. */
    private static final int SETTLING = 10;

    private int epochs;
    private long firstStep;
    private long lastNanos;
    private double loss = Double.NaN;
    private final Map<String, Double> parts = new LinkedHashMap<>();
    private double waiting;

    /** Prints to standard error as the program sees it. */
    public ProgressPrinter(PrintWriter out, boolean terminal) {
        this(out, terminal, System::nanoTime);
    }

    ProgressPrinter(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
    }

    /** Whether standard error is a terminal: the launcher knows. */
    public static boolean isTerminal() {
        return Boolean.getBoolean("parfocal.terminal");
    }

    @Override
    public void started(Start start) {
        epochs = start.epochs();
        firstStep = start.firstStep();
        lastNanos = nanos.getAsLong();
        String from = start.firstStep() > 0 ? ", going on from step " + start.firstStep() : "";
        line(String.format(
                Locale.ROOT,
                "%,d parameters, %s, %s, %s%s",
                start.parameters(),
                Counts.of(start.images(), "image"),
                Counts.of(start.epochs(), "epoch"),
                Counts.of(start.steps(), "step"),
                from));
    }

    @Override
    public void weighed(Map<String, Map<String, Double>> weights) {
        weights.forEach((loss, byClass) -> line(byClass.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s %.3g", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ", "class weights of " + loss + ": ", ""))));
    }

    @Override
    public void loaded(WeightReport report) {
        line(report.line());
    }

    @Override
    public void gained(Map<String, Double> gain) {
        gain.forEach((loss, factor) ->
                line(String.format(Locale.ROOT, "gain: the %s loss counts %.3g times", loss, factor)));
    }

    @Override
    public void step(Step step) {
        loss = mean(Double.isNaN(loss) ? null : loss, step.record().total());
        step.record()
                .each(StepRecord.Component::weighted)
                .forEach((name, part) -> parts.put(name, mean(parts.get(name), part)));
        waiting = MEMORY * waiting + (1 - MEMORY) * waited(step.record());
        long now = nanos.getAsLong();
        long pause = (terminal ? ON_TERMINAL : ELSEWHERE).toNanos();
        if (now - lastNanos < pause && step.step() < step.steps()) {
            return;
        }
        lastNanos = now;
        String text = String.format(
                Locale.ROOT,
                "epoch %d/%d  step %d/%d  loss %.3f%s  rate %.2g  gradient %.2g%s%s",
                step.epoch(),
                epochs,
                step.step(),
                step.steps(),
                loss,
                terminal ? "" : components(),
                step.record().learningRate(),
                step.record().gradientNorm(),
                waiting < WORTH_A_WORD ? "" : String.format(Locale.ROOT, "  waiting for images %.0f %%", 100 * waiting),
                step.step() - firstStep < SETTLING ? "" : "  " + Durations.shown(step.left()) + " left");
        if (terminal) {
            out.print("\r\u001b[K" + text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    /** The share of a step's time in which it waited for its images. */
    private static double waited(StepRecord record) {
        double all = record.milliseconds().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        return all > 0 ? record.milliseconds().getOrDefault("data", 0.0) / all : 0;
    }

    /** A running mean, which begins with the first value. */
    private static double mean(@Nullable Double before, double value) {
        return before == null ? value : MEMORY * before + (1 - MEMORY) * value;
    }

    /** What the loss is the sum of, running means as it is one; a line that keeps changing has no room for them. */
    private String components() {
        return parts.entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s %.3f", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    @Override
    public void evaluated(int epoch, Map<String, Double> metrics) {
        line(String.format(
                Locale.ROOT,
                "epoch %d: AP %s, AP50 %s, AP75 %s",
                epoch,
                shown(metrics.get("AP")),
                shown(metrics.get("AP50")),
                shown(metrics.get("AP75"))));
    }

    /** A number that does not exist is negative in a run's metrics, as in pycocotools'. */
    private static String shown(@Nullable Double metric) {
        return metric == null || !(metric >= 0) ? "-" : String.format(Locale.ROOT, "%.3f", metric);
    }

    @Override
    public void incident(Incident incident) {
        String kept = incident.file()
                .map(file -> "; " + Invocation.of("replay " + file) + " explains it")
                .orElse("");
        line(incident.words() + ". " + incident.action() + kept);
    }

    @Override
    public void stopped(long step, Path run) {
        line("stopped at step " + step + "; nothing is lost, go on with: "
                + Invocation.of("train --out " + run + " --resume"));
    }

    private void line(String text) {
        out.println((terminal ? "\r\u001b[K" : "") + text);
        out.flush();
    }
}
