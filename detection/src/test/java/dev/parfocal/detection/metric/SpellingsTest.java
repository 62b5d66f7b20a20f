package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.UnknownImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Generated files in the spellings that tools write, against pycocotools' recorded figures, to the last bit. */
class SpellingsTest {

    @TempDir
    private Path folder;

    private static JsonNode cases() throws IOException {
        try (InputStream bytes = SpellingsTest.class.getResourceAsStream("spellings.json.gz");
                InputStream text = new GZIPInputStream(bytes)) {
            return new ObjectMapper().readTree(text);
        }
    }

    private List<Double> figures(JsonNode recorded, Mode mode) throws IOException {
        Path truth = Files.writeString(
                folder.resolve("truth.json"), recorded.get("truth").toString());
        Path found = Files.writeString(
                folder.resolve("detections.json"), recorded.get("detections").toString());
        EvaluationOptions options = options(recorded.get("options")).withMode(mode);
        CocoInput input = CocoInput.read(truth, found, UnknownImages.REFUSE);
        CocoTables tables = CocoEvaluator.tables(input, options);
        List<Double> figures = new ArrayList<>();
        int ious = options.ious().size();
        int areas = options.areas().size();
        int limits = options.limits().size();
        figures.add(tables.meanPrecision(0, 0, ious - 1));
        for (int t = 0; t < ious; t++) {
            figures.add(tables.meanPrecision(0, t, t));
        }
        for (int a = 1; a <= areas; a++) {
            figures.add(tables.meanPrecision(a, 0, ious - 1));
        }
        for (int limit = 0; limit < limits; limit++) {
            figures.add(tables.meanRecall(0, limit, 0, ious - 1));
        }
        for (int a = 1; a <= areas; a++) {
            figures.add(tables.meanRecall(a, limits - 1, 0, ious - 1));
        }
        return figures.stream().map(figure -> figure.isNaN() ? -1 : figure).toList();
    }

    private static EvaluationOptions options(JsonNode given) {
        EvaluationOptions options = EvaluationOptions.COCO;
        if (given.has("ious")) {
            List<Double> ious = new ArrayList<>();
            given.get("ious").forEach(iou -> ious.add(iou.asDouble()));
            options = options.withIous(ious);
        }
        if (given.has("limits")) {
            List<Integer> limits = new ArrayList<>();
            given.get("limits").forEach(limit -> limits.add(limit.asInt()));
            options = options.withLimits(limits);
        }
        if (given.has("areas")) {
            List<AreaRange> areas = new ArrayList<>();
            given.get("areas")
                    .forEach(area -> areas.add(new AreaRange(
                            area.get("name").asString(),
                            area.get("least").asDouble(),
                            area.get("most").asDouble())));
            options = options.withAreas(areas);
        }
        Set<String> classes = new HashSet<>();
        given.path("classes").forEach(name -> classes.add(name.asString()));
        return options.withClasses(classes);
    }

    private static List<Double> recorded(JsonNode of) {
        List<Double> figures = new ArrayList<>();
        of.get("figures").forEach(figure -> figures.add(figure.asDouble()));
        return figures;
    }

    @Test
    void everyFigureIsPycocotoolsToTheLastBit() throws IOException {
        JsonNode cases = cases();
        assertThat(cases.size()).isEqualTo(400);
        for (int i = 0; i < cases.size(); i++) {
            assertThat(figures(cases.get(i), Mode.STRICT)).as("case %d", i).isEqualTo(recorded(cases.get(i)));
        }
    }

    @Test
    void correctedFiguresDiffer() throws IOException {
        int different = 0;
        for (JsonNode each : cases()) {
            different += figures(each, Mode.CORRECTED).equals(recorded(each)) ? 0 : 1;
        }
        assertThat(different).isBetween(100, 399);
    }
}
