package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Intervals;
import dev.parfocal.cli.compare.ComparisonText;
import dev.parfocal.cli.compare.Measure;
import dev.parfocal.cli.run.ErrorReport;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.loss.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the page of a comparison from its folder. */
final class ComparePages {
    private static final List<Measure> DRAWN =
            List.of(Measure.AP, Measure.AP50, Measure.OLRP, Measure.D_ECE, Measure.LA_ECE, Measure.SPEARMAN);
    private static final List<Measure> ACCURACY = List.of(Measure.AP, Measure.AP50, Measure.AP75, Measure.OLRP);
    private static final List<Measure> CALIBRATION = List.of(
            Measure.D_ECE,
            Measure.D_ECE_TEMPERATURE,
            Measure.D_ECE_ISOTONIC,
            Measure.LA_ECE,
            Measure.LA_ECE_TEMPERATURE,
            Measure.LA_ECE_ISOTONIC,
            Measure.LA_ACE,
            Measure.SPEARMAN);

    private final Path folder;
    private final List<ComparedRun> begun;
    /** Those that the numbers are of. */
    private final List<ComparedRun> runs;

    private final List<Notice> notices = new ArrayList<>();

    private ComparePages(Path folder) {
        this.folder = folder;
        begun = ComparedRun.in(folder);
        List<Path> compared = JsonFiles.readLines(folder.resolve("results.jsonl")).stream()
                .map(line -> folder.resolve(line.path("run").asString("")).normalize())
                .toList();
        runs = compared.isEmpty()
                ? begun
                : begun.stream()
                        .filter(run -> compared.contains(run.folder().normalize()))
                        .sorted(Comparator.comparingInt(
                                run -> compared.indexOf(run.folder().normalize())))
                        .toList();
    }

    /** The page of a comparison, finished or not; its images are read anew. */
    static ComparePage of(Path folder) {
        return new ComparePages(folder).page();
    }

    private ComparePage page() {
        Path summary = folder.resolve("comparison.json");
        Optional<JsonNode> whole = Files.exists(summary) ? Optional.of(JsonFiles.read(summary)) : Optional.empty();
        state(whole.isPresent());
        String failure = FailureFile.read(folder);
        if (!failure.isEmpty()) {
            notices.add(new Notice(Notice.Kind.SEVERE, "No loss could be trained with every seed.", failure));
        }
        List<JsonNode> losses =
                whole.map(json -> JsonFiles.items(json.path("losses"))).orElse(List.of());
        whole.ifPresent(json -> JsonFiles.items(json.path("failures"))
                .forEach(each -> notices.add(new Notice(
                        Notice.Kind.SEVERE, "A training failed, so its loss is left out.", each.asString("")))));
        List<Titled> tables = new ArrayList<>();
        if (!losses.isEmpty()) {
            tables.add(new Titled(
                    "Accuracy", "With intervals; time is the median of a step.", measures(losses, ACCURACY, true)));
            tables.add(new Titled("Average precision by class", "", groups(losses, "classes")));
            tables.add(new Titled(
                    "Average precision by size", "Of objects: small, medium, large.", groups(losses, "sizes")));
            if (losses.get(0).has("errors")) {
                tables.add(new Titled("What each kind of error costs", ErrorReport.WORDS, groups(losses, "errors")));
            }
            tables.add(new Titled(
                    "Calibration",
                    "Less is better, but for Spearman's rank correlation of score and IoU.",
                    measures(losses, CALIBRATION, false)));
        }
        tables.add(new Titled("Every training", "", ComparedRun.table(runs)));
        ComparedDetectors detectors = new ComparedDetectors(
                runs.stream().filter(ComparedRun::isFinished).toList());
        List<Chart> curves = detectors.charts();
        detectors.problem().ifPresent(notices::add);
        return new ComparePage(
                title(losses),
                "Losses compared under equal conditions"
                        + whole.map(json -> ": " + json.path("data").asString(""))
                                .orElse(""),
                whole.map(this::facts).orElse(List.of()),
                notices,
                whole.map(json -> verdicts(json, losses)).orElse(List.of()),
                whole.map(json -> json.path("words").asString("")).orElse(""),
                losses.isEmpty() ? List.of() : List.of(intervals(losses)),
                tables,
                curves,
                LossCurves.of(ownLosses()),
                RunOrigin.of(folder, runs.isEmpty() ? folder : runs.get(0).folder()));
    }

    /** Says what is missing: all of the comparison, or trainings that were added to it. */
    private void state(boolean isCompared) {
        long unfinished = begun.stream().filter(run -> !run.isFinished()).count();
        if (!isCompared) {
            notices.add(new Notice(
                    Notice.Kind.WARNING,
                    "The comparison is not finished: of " + Shown.count(begun.size(), "training") + " begun, "
                            + (begun.size() - unfinished) + " came to their end.",
                    "The same command goes on."));
        } else if (unfinished > 0) {
            notices.add(new Notice(
                    Notice.Kind.NOTE,
                    Shown.count(unfinished, "training") + " in this folder did not come to an end.",
                    "They are not in these numbers."));
        }
    }

    private String title(List<JsonNode> losses) {
        List<String> names = losses.isEmpty()
                ? runs.stream().map(ComparedRun::loss).distinct().toList()
                : losses.stream().map(ComparePages::name).toList();
        return names.size() <= 4 ? String.join(", ", names) : names.size() + " losses";
    }

    private static String name(JsonNode loss) {
        return loss.path("name").asString("");
    }

    private List<Fact> facts(JsonNode json) {
        List<JsonNode> losses = JsonFiles.items(json.path("losses"));
        List<Fact> facts = new ArrayList<>();
        best(losses, Measure.AP)
                .ifPresent(best -> facts.add(new Fact("best AP", Shown.number(mean(best, Measure.AP)), name(best))));
        best(losses, Measure.LA_ECE)
                .ifPresent(best ->
                        facts.add(new Fact("best LaECE", Shown.number(mean(best, Measure.LA_ECE)), name(best))));
        facts.add(new Fact("losses", String.valueOf(losses.size()), ""));
        facts.add(new Fact("seeds", String.valueOf(json.path("seeds").size()), "trainings of each loss"));
        facts.add(new Fact("images", json.path("images").asString(""), "measured on"));
        List<JsonNode> differences = JsonFiles.items(json.path("differences")).stream()
                .filter(each -> each.path("measure").asString("").equals(Measure.AP.key()))
                .toList();
        long real = differences.stream()
                .filter(each -> each.path("real").asBoolean(false))
                .count();
        facts.add(new Fact("real differences", real + " of " + differences.size(), "in AP, after correction"));
        return facts;
    }

    private static double mean(JsonNode loss, Measure measure) {
        return JsonFiles.number(loss.path("measures").path(measure.key()).path("mean"));
    }

    private static Optional<JsonNode> best(List<JsonNode> losses, Measure measure) {
        double sign = measure.higherIsBetter() ? -1 : 1;
        return losses.stream()
                .filter(loss -> !Double.isNaN(mean(loss, measure)))
                .min(Comparator.comparingDouble(loss -> sign * mean(loss, measure)));
    }

    /** The best loss against every other, measure by measure. */
    private static List<Verdict> verdicts(JsonNode json, List<JsonNode> losses) {
        List<Verdict> verdicts = new ArrayList<>();
        for (Measure measure : ComparisonText.spoken()) {
            String best = best(losses, measure).map(ComparePages::name).orElse("");
            List<Verdict.Said> sentences = JsonFiles.items(json.path("differences")).stream()
                    .filter(each -> each.path("measure").asString("").equals(measure.key()))
                    .filter(each -> each.path("first").asString("").equals(best)
                            || each.path("second").asString("").equals(best))
                    .map(each -> new Verdict.Said(
                            each.path("sentence").asString(""),
                            each.path("real").asBoolean(false)))
                    .toList();
            if (!sentences.isEmpty()) {
                verdicts.add(new Verdict(ComparisonText.title(measure), sentences));
            }
        }
        return verdicts;
    }

    private static Chart intervals(List<JsonNode> losses) {
        List<Intervals> measures = DRAWN.stream()
                .map(measure -> new Intervals(
                        measure.key() + (measure.higherIsBetter() ? ", more is better" : ", less is better"),
                        measure.key(),
                        losses.stream().map(loss -> interval(loss, measure)).toList()))
                .toList();
        return Chart.of("Measures with their intervals", "", measures);
    }

    private static Intervals.Row interval(JsonNode loss, Measure measure) {
        JsonNode spread = loss.path("measures").path(measure.key());
        return new Intervals.Row(
                name(loss),
                JsonFiles.number(spread.path("mean")),
                JsonFiles.number(spread.path("low")),
                JsonFiles.number(spread.path("high")));
    }

    /** @param inFull with intervals, and with the time of a step */
    private static TextTable measures(List<JsonNode> losses, List<Measure> measures, boolean inFull) {
        List<String> headings = new ArrayList<>(List.of("loss"));
        measures.forEach(measure -> headings.add(
                ">" + measure.key().replace("-temperature", ", temperature").replace("-isotonic", ", isotonic")));
        if (inFull) {
            headings.add(">ms/step");
        }
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (JsonNode loss : losses) {
            List<String> cells = new ArrayList<>(List.of(name(loss)));
            measures.forEach(
                    measure -> cells.add(inFull ? cell(interval(loss, measure)) : Shown.number(mean(loss, measure))));
            if (inFull) {
                cells.add(String.format(Locale.ROOT, "%.1f", JsonFiles.number(loss.path("millisecondsPerStep"))));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String cell(Intervals.Row row) {
        return Double.isFinite(row.low()) && Double.isFinite(row.high())
                ? String.format(Locale.ROOT, "%.3f (%.3f to %.3f)", row.value(), row.low(), row.high())
                : Shown.number(row.value());
    }

    private static TextTable groups(List<JsonNode> losses, String group) {
        List<String> names = List.copyOf(losses.get(0).path(group).propertyNames());
        List<String> headings = new ArrayList<>(List.of("loss"));
        names.forEach(name -> headings.add(">" + name));
        TextTable table = new TextTable(headings.toArray(String[]::new));
        for (JsonNode loss : losses) {
            List<String> cells = new ArrayList<>(List.of(name(loss)));
            names.forEach(name ->
                    cells.add(Shown.number(JsonFiles.number(loss.path(group).path(name)))));
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private Map<String, Loss> ownLosses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        runs.forEach(run -> run.text().ifPresent(text -> losses.putIfAbsent(run.loss(), text)));
        return losses;
    }
}
