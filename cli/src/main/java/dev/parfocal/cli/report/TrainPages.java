package dev.parfocal.cli.report;

import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.text.Durations;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.diagnose.Diagnosis;
import dev.parfocal.training.diagnose.Finding;
import dev.parfocal.training.diagnose.Severity;
import dev.parfocal.training.record.StepRecord;
import dev.parfocal.training.run.RunFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the page of a training run from its folder. */
final class TrainPages {
    private static final List<String> FIRST = List.of("classification", "box", "distribution");

    private final Path run;
    private final RunConfig config;
    private final RunFiles files;
    private final List<Notice> notices = new ArrayList<>();

    private TrainPages(Path run) {
        this.run = run;
        config = RunConfig.read(run.resolve("config.yaml"));
        files = RunFiles.of(run);
    }

    /** The page of a run; its images are read anew. */
    static TrainPage of(Path run) {
        return new TrainPages(run).page();
    }

    private TrainPage page() {
        state();
        Optional<Scored> scored = scored();
        diagnosis();
        List<Fact> facts = new ArrayList<>();
        scored.ifPresent(each -> facts.addAll(each.facts()));
        facts.addAll(effort());
        return new TrainPage(
                Shown.subject(config),
                subtitle(scored),
                facts,
                notices,
                charts(),
                scored.map(Scored::shown),
                losses(),
                RunOrigin.of(run, run));
    }

    private List<Chart> charts() {
        List<Chart> charts = new ArrayList<>(CourseCharts.of(files.record(), config.component("classification")));
        UncertaintyChart.of(run).ifPresent(charts::add);
        return charts;
    }

    private String subtitle(Optional<Scored> scored) {
        return "Training run, "
                + Shown.count(files.categories().size(), "class")
                + scored.map(each -> ", scored on " + each.words()).orElse("");
    }

    private void state() {
        List<StepRecord> steps = files.record().steps();
        String failure = FailureFile.read(run);
        if (!failure.isEmpty()) {
            notices.add(new Notice(Notice.Kind.SEVERE, "The run was stopped.", failure));
        } else if (!isComplete()) {
            String where = steps.isEmpty()
                    ? "before its first step"
                    : "after step " + steps.get(steps.size() - 1).step() + ", in epoch "
                            + steps.get(steps.size() - 1).epoch() + " of " + config.epochs();
            notices.add(new Notice(
                    Notice.Kind.WARNING, "The run is not finished: this is how it stood " + where + ".", ""));
        }
        files.record()
                .incidents()
                .forEach(incident -> notices.add(new Notice(
                        Notice.Kind.WARNING,
                        incident.policy().equals("skip")
                                ? "A step that was not finite was skipped."
                                : "The run was rolled back from a step that was not finite.",
                        incident.words())));
    }

    /** Whether it came to its end; its weights may have been removed since. */
    private boolean isComplete() {
        return files.isComplete()
                || files.record().evaluated().stream().anyMatch(each -> each.epoch() >= config.epochs());
    }

    private void diagnosis() {
        if (files.record().steps().isEmpty()) {
            return;
        }
        for (Finding finding : Diagnosis.of(files).findings()) {
            notices.add(new Notice(
                    kind(finding.severity()),
                    Character.toUpperCase(finding.what().charAt(0))
                            + finding.what().substring(1) + ".",
                    finding.why() + " " + finding.change()));
        }
    }

    private static Notice.Kind kind(Severity severity) {
        return switch (severity) {
            case SEVERE -> Notice.Kind.SEVERE;
            case WARNING -> Notice.Kind.WARNING;
            case NOTE -> Notice.Kind.NOTE;
        };
    }

    /** The detections of the last score there is: on the test part, on the validation part, or during training. */
    private Optional<Scored> scored() {
        boolean hasDetections =
                Files.exists(run.resolve("detections.json")) || Files.exists(run.resolve("test-detections.json"));
        if (!hasDetections) {
            return Optional.empty();
        }
        try {
            DataParts parts = DataParts.read(config.data());
            Path test = run.resolve("test-detections.json");
            boolean onTest = parts.test().isPresent() && Files.exists(test);
            Dataset truth = onTest ? parts.test().get() : parts.val();
            return Optional.of(Scored.of(
                    onTest ? "test" : parts.valName(),
                    truth,
                    CocoDetections.read(onTest ? test : run.resolve("detections.json"), truth)));
        } catch (ParfocalException e) {
            notices.add(new Notice(
                    Notice.Kind.WARNING,
                    "The detections could not be measured again, so what follows is without them.",
                    String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private List<Fact> effort() {
        List<StepRecord> steps = files.record().steps();
        if (steps.isEmpty()) {
            return List.of();
        }
        StepRecord last = steps.get(steps.size() - 1);
        double milliseconds = steps.stream()
                .flatMap(step -> step.milliseconds().values().stream())
                .mapToDouble(each -> each)
                .sum();
        return List.of(
                new Fact("steps", String.valueOf(last.step()), "epoch " + last.epoch() + " of " + config.epochs()),
                new Fact(
                        "time in steps",
                        Durations.shown(Duration.ofMillis((long) milliseconds)),
                        String.format(java.util.Locale.ROOT, "%.0f ms each", milliseconds / steps.size())));
    }

    /** One card for each loss; components that share a loss share its card. */
    private List<LossCard> losses() {
        Map<Identity, List<Map.Entry<String, Loss>>> equal = files.losses().entrySet().stream()
                .sorted(Comparator.comparingInt(loss -> place(loss.getKey())))
                .collect(Collectors.groupingBy(
                        loss -> Identity.of(loss.getValue()), LinkedHashMap::new, Collectors.toList()));
        return equal.values().stream()
                .map(some -> LossCard.of(
                        some.stream().map(Map.Entry::getKey).collect(Collectors.joining(", ")),
                        some.get(0).getValue()))
                .toList();
    }

    /** What makes a loss: its text and its parameters. */
    private record Identity(String text, Map<String, Double> parameters) {
        static Identity of(Loss loss) {
            return new Identity(
                    loss.text(),
                    loss.parameters().stream()
                            .collect(Collectors.toMap(Parameter::name, p -> loss.parameter(p.name()))));
        }
    }

    /** The main losses come first. */
    private int place(String role) {
        int place = FIRST.stream().map(config::component).toList().indexOf(role);
        return place < 0 ? FIRST.size() : place;
    }
}
