package dev.parfocal.cli.run;

import dev.parfocal.cli.text.Durations;
import dev.parfocal.cli.text.Invocation;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.run.Incident;
import dev.parfocal.training.run.ProgressListener;
import dev.parfocal.training.weights.WeightReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** Tells how a run goes on: one line that keeps changing on a terminal, a plain line now and then elsewhere. */
public final class ProgressPrinter implements ProgressListener {

    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(15);
    private static final double MEMORY = 0.95;

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    /** Steps before an estimate of the time left means something: the first ones are slow. */
    private static final int SETTLING = 10;

    private int epochs;
    private long firstStep;
    private long lastNanos;
    private double loss = Double.NaN;

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
                "%,d parameters, %d images, %d epochs, %d steps%s",
                start.parameters(),
                start.images(),
                start.epochs(),
                start.steps(),
                from));
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
        double total = step.record().total();
        loss = Double.isNaN(loss) ? total : MEMORY * loss + (1 - MEMORY) * total;
        long now = nanos.getAsLong();
        long pause = (terminal ? ON_TERMINAL : ELSEWHERE).toNanos();
        if (now - lastNanos < pause && step.step() < step.steps()) {
            return;
        }
        lastNanos = now;
        String text = String.format(
                Locale.ROOT,
                "epoch %d/%d  step %d/%d  loss %.3f%s  rate %.2g  gradient %.2g%s",
                step.epoch(),
                epochs,
                step.step(),
                step.steps(),
                loss,
                terminal ? "" : components(step.record()),
                step.record().learningRate(),
                step.record().gradientNorm(),
                step.step() - firstStep < SETTLING ? "" : "  " + Durations.shown(step.left()) + " left");
        if (terminal) {
            out.print("\r\u001b[K" + text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    /** This step's losses; a line that keeps changing has no room for them. */
    private static String components(StepRecord record) {
        return record.each(StepRecord.Component::weighted).entrySet().stream()
                .map(each -> String.format(Locale.ROOT, "%s %.3f", each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ", " (", ")"));
    }

    @Override
    public void evaluated(int epoch, Map<String, Double> metrics) {
        line(String.format(
                Locale.ROOT,
                "epoch %d: AP %.3f, AP50 %.3f, AP75 %.3f",
                epoch,
                metrics.getOrDefault("AP", -1.0),
                metrics.getOrDefault("AP50", -1.0),
                metrics.getOrDefault("AP75", -1.0)));
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
