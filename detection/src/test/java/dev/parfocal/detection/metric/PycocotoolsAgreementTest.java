package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Agreement with pycocotools' recorded figures, and proof that a wrong evaluation would not agree. */
class PycocotoolsAgreementTest {

    private static final double TOLERANCE = 1e-12;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    static Path folder;

    private static Map<String, PycocotoolsCase> cases;

    @BeforeAll
    static void unpack() throws IOException {
        cases = PycocotoolsCase.unpack(Files.createDirectory(folder.resolve("cases")));
    }

    @Test
    void everyFigureAgreesWithPycocotools() {
        assertThat(cases).hasSize(64);
        assertThat(cases)
                .allSatisfy((name, recorded) -> assertThat(recorded.deviation(recorded.evaluate()))
                        .as(name)
                        .isLessThanOrEqualTo(TOLERANCE));
    }

    @Test
    void aMeanOverRecallLevelsOffByOneIsCaught() {
        assertThat(cases.entrySet()).anySatisfy(entry -> {
            CocoResult result = entry.getValue().evaluate();
            JsonNode curve = entry.getValue().expected().get("curves").get(0);
            long id = curve.get("category").asLong();
            double[] precision = result.curve(PycocotoolsCase.category(result, id), 0.5)
                    .orElseThrow()
                    .precision();
            double recorded = entry.getValue()
                    .expected()
                    .get("classes")
                    .get(String.valueOf(id))
                    .get(0)
                    .asDouble();
            assertThat(mean(precision, 0)).isCloseTo(recorded, within(TOLERANCE));
            assertThat(Math.abs(mean(precision, 1) - recorded)).isGreaterThan(1e-4);
        });
    }

    private static double mean(double[] precision, int shift) {
        double sum = 0;
        for (int i = shift; i < precision.length; i++) {
            sum += precision[i];
        }
        return sum / precision.length;
    }

    /** Each fault of an evaluator is one that turns its input into the changed one; the named cases must notice it. */
    @ParameterizedTest
    @CsvSource({
        "TIES_REVERSED, ties",
        "TIES_REVERSED, all_equal",
        "CROWDS_AS_OBJECTS, crowds",
        "CROWDS_LEFT_OUT, crowds",
        "AREA_OF_THE_BOX, plain",
        "AREA_BORDERS_OPEN, area_borders",
        "SIDES_ROUNDED_TO_FLOAT, iou_borders",
        "DETECTIONS_CUT_AT_99, many_detections",
        "EDGES_INSTEAD_OF_SIDES, area_borders",
        "ID_ZERO_MENDED, id_zero",
    })
    void aPlantedFaultIsCaught(Fault fault, String kind) throws IOException {
        double worst = 0;
        for (int seed = 0; seed < 3; seed++) {
            PycocotoolsCase recorded = cases.get(kind + "_" + seed);
            worst = Math.max(worst, recorded.deviation(fault.plant(recorded).evaluate()));
        }
        assertThat(worst).isGreaterThan(1e-6);
    }

    private enum Fault {
        TIES_REVERSED(rows -> rows, Fault::reversed),
        CROWDS_AS_OBJECTS(rows -> eachObject(rows, row -> row.put("iscrowd", 0)), rows -> rows),
        CROWDS_LEFT_OUT(Fault::withoutCrowds, rows -> rows),
        AREA_OF_THE_BOX(rows -> eachObject(rows, row -> row.remove("area")), rows -> rows),
        AREA_BORDERS_OPEN(
                rows -> eachObject(
                        rows, row -> row.put("area", Math.nextUp(row.get("area").asDouble()))),
                rows -> rows),
        SIDES_ROUNDED_TO_FLOAT(
                rows -> rows,
                rows -> eachBox(rows, (box, i) -> (float) box.get(i).asDouble())),
        EDGES_INSTEAD_OF_SIDES(
                rows -> rows,
                rows -> eachBox(rows, (box, i) -> {
                    double side = box.get(i).asDouble();
                    double corner = i < 2 ? 0 : box.get(i - 2).asDouble();
                    return (side + corner) - corner;
                })),
        DETECTIONS_CUT_AT_99(rows -> rows, Fault::weakestOfTheBest100LeftOut),
        ID_ZERO_MENDED(
                rows -> eachObject(rows, row -> row.put("id", row.get("id").asInt() + 1)), rows -> rows);

        private final UnaryOperator<JsonNode> truth;
        private final UnaryOperator<JsonNode> detections;

        Fault(UnaryOperator<JsonNode> truth, UnaryOperator<JsonNode> detections) {
            this.truth = truth;
            this.detections = detections;
        }

        PycocotoolsCase plant(PycocotoolsCase recorded) throws IOException {
            Path changed = Files.createTempDirectory(folder, "planted");
            Path truthFile = changed.resolve("truth.json");
            Path detectionFile = changed.resolve("detections.json");
            MAPPER.writeValue(truthFile, truth.apply(MAPPER.readTree(recorded.truth())));
            MAPPER.writeValue(detectionFile, detections.apply(MAPPER.readTree(recorded.detections())));
            return new PycocotoolsCase(truthFile, detectionFile, recorded.expected());
        }

        private static JsonNode eachObject(JsonNode truth, Consumer<ObjectNode> change) {
            truth.get("annotations").forEach(row -> change.accept((ObjectNode) row));
            return truth;
        }

        private static JsonNode withoutCrowds(JsonNode truth) {
            ArrayNode rows = MAPPER.createArrayNode();
            truth.get("annotations").forEach(row -> {
                if (row.get("iscrowd").asInt() == 0) {
                    rows.add(row);
                }
            });
            ((ObjectNode) truth).set("annotations", rows);
            return truth;
        }

        private static JsonNode reversed(JsonNode detections) {
            ArrayNode rows = MAPPER.createArrayNode();
            detections.forEach(row -> rows.insert(0, row));
            return rows;
        }

        private interface Side {
            double of(JsonNode box, int index);
        }

        private static JsonNode eachBox(JsonNode detections, Side change) {
            for (JsonNode row : detections) {
                ArrayNode box = MAPPER.createArrayNode();
                for (int i = 0; i < 4; i++) {
                    box.add(change.of(row.get("bbox"), i));
                }
                ((ObjectNode) row).set("bbox", box);
            }
            return detections;
        }

        /** Drops the 100th detection of every image and class, so that the 101st would stand in its place. */
        private static JsonNode weakestOfTheBest100LeftOut(JsonNode detections) {
            ArrayNode rows = MAPPER.createArrayNode();
            detections.forEach(row -> {
                long before = 0;
                boolean earlier = true;
                for (JsonNode other : detections) {
                    earlier &= other != row;
                    double gap =
                            other.get("score").asDouble() - row.get("score").asDouble();
                    boolean sameList = other.get("image_id").equals(row.get("image_id"))
                            && other.get("category_id").equals(row.get("category_id"));
                    if (sameList && (gap > 0 || (gap == 0 && earlier))) {
                        before++;
                    }
                }
                if (before != 99) {
                    rows.add(row);
                }
            });
            return rows;
        }
    }

    @Test
    void aTruthWithTheIdZeroIsNoted() {
        assertThat(cases.get("id_zero_0").evaluate().notes())
                .singleElement()
                .asString()
                .matches(Pattern.compile("an annotation has the id 0: .*number annotations from 1"));
        assertThat(cases.get("plain_0").evaluate().notes()).isEmpty();
    }
}
