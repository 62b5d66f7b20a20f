package dev.parfocal.cli.run;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.BrokenJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The course of a run, read from its {@code metrics.jsonl}: the mean of each loss over each epoch, and AP where measured. */
public final class RunCurves {

    private static final JsonMapper JSON = new JsonMapper();

    private final Map<String, TreeMap<Integer, Mean>> losses = new LinkedHashMap<>();
    private final TreeMap<Integer, Double> precision = new TreeMap<>();

    private RunCurves() {}

    /** The figure of a run. */
    public static Figure of(Path run, String title) throws IOException {
        Path file = run.resolve("metrics.jsonl");
        RunCurves curves = new RunCurves();
        try {
            for (String line : Files.readAllLines(file)) {
                curves.add(JSON.readTree(line));
            }
        } catch (JacksonException e) {
            throw new ParfocalException(file + ": " + BrokenJson.reason(e), e);
        }
        return curves.figure(title);
    }

    private void add(JsonNode line) {
        int epoch = line.path("epoch").asInt();
        line.path("weighted").properties().forEach(loss -> add(loss.getKey(), epoch, loss.getValue()));
        if (line.has("total")) {
            add("total", epoch, line.path("total"));
        }
        JsonNode ap = line.path("evaluation").path("AP");
        if (ap.isNumber()) {
            precision.put(epoch, ap.asDouble());
        }
    }

    private void add(String name, int epoch, JsonNode value) {
        losses.computeIfAbsent(name, key -> new TreeMap<>())
                .computeIfAbsent(epoch, key -> new Mean())
                .add(value.asDouble());
    }

    private Figure figure(String title) {
        List<Curve> curves = new ArrayList<>();
        losses.forEach((name, means) -> {
            double[] x = means.keySet().stream().mapToDouble(epoch -> epoch).toArray();
            double[] y = means.values().stream().mapToDouble(Mean::value).toArray();
            curves.add(new Curve(curves.size(), x, y));
        });
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel("losses, weighted", "epoch", "mean over the epoch", curves));
        if (precision.size() > 1) {
            double[] x = precision.keySet().stream().mapToDouble(epoch -> epoch).toArray();
            double[] y = precision.values().stream().mapToDouble(ap -> ap).toArray();
            panels.add(new Panel("average precision", "epoch", "AP", List.of(new Curve(losses.size(), x, y))));
        }
        List<String> legend = new ArrayList<>(losses.keySet());
        if (panels.size() > 1) {
            legend.add("AP");
        }
        return new Figure(title, "", legend, List.of(new Figure.Row(false, panels)));
    }

    /** A mean under way. */
    private static final class Mean {
        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        double value() {
            return sum / count;
        }
    }
}
