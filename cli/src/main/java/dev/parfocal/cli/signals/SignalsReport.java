package dev.parfocal.cli.signals;

import dev.parfocal.cli.chart.Shares;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.Signals.Cosine;
import dev.parfocal.training.record.SignalsJson;
import dev.parfocal.training.record.StepRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/**
 * A step's signals for people and for programs.
 *
 * @param subject the model, and what it looked at
 * @param step whose signals were recorded
 */
public record SignalsReport(String subject, StepRecord step) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Components with a smaller share of a place are not listed there. */
    private static final double LITTLE = 0.005;

    /** Gradients below this cosine pull apart. */
    private static final double APART = -0.1;

    private Signals signals() {
        return Objects.requireNonNull(step.signals(), "the step's signals were not recorded");
    }

    /** Losses, what the outputs learn, and the gradient at each place. */
    public String text() {
        return String.join(
                System.lineSeparator(),
                subject,
                "",
                losses().toString(),
                matched().toString(),
                places().toString());
    }

    private TextTable losses() {
        TextTable table = new TextTable("loss", ">value", ">weighted", ">divided by");
        step.components()
                .forEach((name, loss) ->
                        table.row(name, shown(loss.value()), shown(loss.weighted()), shown(loss.normalizer())));
        return table;
    }

    private TextTable matched() {
        TextTable table = new TextTable("output", "level", ">positives", ">learnt from", ">ignored");
        signals().outputs().forEach((output, counts) -> {
            int levels = counts.positives().length;
            for (int level = 0; level < levels; level++) {
                table.row(
                        level == 0 ? output : "",
                        levels == 1 ? "" : String.valueOf(level),
                        grouped(counts.positives()[level]),
                        grouped(counts.sampled()[level]),
                        grouped(counts.ignored()[level]));
            }
            if (levels > 1) {
                table.row(
                        "",
                        "all",
                        grouped(Arrays.stream(counts.positives()).sum()),
                        grouped(Arrays.stream(counts.sampled()).sum()),
                        grouped(Arrays.stream(counts.ignored()).sum()));
            }
        });
        return table;
    }

    /** The gradient at each place: its size, whose it is, and the two components that agree least. */
    public TextTable places() {
        TextTable table = new TextTable("gradient at", ">norms added", "from", "least cosine");
        signals()
                .shares()
                .forEach((place, shares) -> table.row(
                        place,
                        shown(total(place)),
                        shares(shares),
                        apart(place).map(SignalsReport::words).orElse("-")));
        return table;
    }

    private static String shares(Map<String, Double> shares) {
        String words = shares.entrySet().stream()
                .filter(share -> share.getValue() >= LITTLE)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(share -> String.format(Locale.ROOT, "%s %.0f %%", share.getKey(), 100 * share.getValue()))
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? "nothing" : words;
    }

    private double total(String place) {
        return signals().gradients().getOrDefault(place, Map.of()).values().stream()
                .mapToDouble(norm -> norm)
                .sum();
    }

    /** The two components that agree least at a place. */
    private Optional<Cosine> apart(String place) {
        return signals().cosines().getOrDefault(place, List.of()).stream()
                .min(Comparator.comparingDouble(Cosine::cosine));
    }

    private static String words(Cosine pair) {
        return String.format(Locale.ROOT, "%+.2f %s, %s", pair.cosine(), pair.first(), pair.second());
    }

    private static String shown(double number) {
        return String.format(Locale.ROOT, "%.4g", number);
    }

    private static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Where each loss works, and where two pull apart. */
    public Shares picture() {
        List<String> components = signals().components();
        List<Shares.Bar> bars = new ArrayList<>();
        signals().shares().forEach((place, shares) -> {
            double[] parts = components.stream()
                    .mapToDouble(component -> shares.getOrDefault(component, 0.0))
                    .toArray();
            Optional<Cosine> apart = apart(place).filter(pair -> pair.cosine() < APART);
            bars.add(new Shares.Bar(
                    place,
                    parts,
                    shown(total(place)) + apart.map(pair -> "   " + words(pair)).orElse(""),
                    apart.isPresent()));
        });
        return new Shares(
                "Where each loss works",
                subject
                        + ". Shares of the gradients' norms, from the outputs to the images; red: two losses pull apart (cosine)",
                components,
                bars);
    }

    /** The numbers as a JSON document. */
    public String json() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("subject", subject);
        document.put("losses", step.each(StepRecord.Component::value));
        document.put("weighted", step.each(StepRecord.Component::weighted));
        document.put("normalizers", step.each(StepRecord.Component::normalizer));
        document.putAll(SignalsJson.of(signals()));
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
    }
}
