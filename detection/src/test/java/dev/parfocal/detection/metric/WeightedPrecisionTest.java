package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.format.DatasetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Average precision of images that count more or less often, against COCO's evaluation of repeated images. */
class WeightedPrecisionTest {

    @TempDir
    static Path folder;

    private static Map<String, PycocotoolsCase> cases;

    @BeforeAll
    static void unpack() throws IOException {
        cases = PycocotoolsCase.unpack(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain_0", "crowds_1", "ties_2", "many_detections_0"})
    void weightsOfOneGiveCocosNumbers(String name) {
        Dataset truth = DatasetReader.readTruth(cases.get(name).truth());
        List<Detection> detections = CocoDetections.read(cases.get(name).detections(), truth);
        int[] once = new int[truth.samples().size()];
        Arrays.fill(once, 1);

        WeightedPrecision.Precision precision =
                WeightedPrecision.of(truth, detections).of(once);

        CocoResult coco = CocoEvaluator.evaluate(truth, detections);
        assertThat(precision.ap()).isCloseTo(coco.get(CocoMetric.AP).orElseThrow(), within(1e-12));
        assertThat(precision.ap50()).isCloseTo(coco.get(CocoMetric.AP50).orElseThrow(), within(1e-12));
        assertThat(precision.ap75()).isCloseTo(coco.get(CocoMetric.AP75).orElseThrow(), within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain_0", "plain_1", "crowds_1"})
    void aWeightIsARepetition(String name) {
        Dataset truth = DatasetReader.readTruth(cases.get(name).truth());
        List<Detection> detections = CocoDetections.read(cases.get(name).detections(), truth);
        WeightedPrecision weighted = WeightedPrecision.of(truth, detections);
        List<Sample> byId = truth.samples().stream()
                .sorted(Comparator.comparingLong(Sample::id))
                .toList();
        Random random = new Random(1);
        for (int round = 0; round < 5; round++) {
            int[] weights = byId.stream().mapToInt(sample -> random.nextInt(4)).toArray();
            List<Sample> samples = new ArrayList<>();
            List<Detection> repeated = new ArrayList<>();
            for (int i = 0; i < weights.length; i++) {
                for (int n = 0; n < weights[i]; n++) {
                    Sample sample = byId.get(i);
                    long id = samples.size() + 1;
                    samples.add(new Sample(id, sample.file(), sample.width(), sample.height(), sample.annotations()));
                    detections.stream()
                            .filter(d -> d.imageId() == sample.id())
                            .forEach(d -> repeated.add(new Detection(id, d.label(), d.box(), d.score())));
                }
            }
            CocoResult coco = CocoEvaluator.evaluate(truth.withSamples(samples), repeated);
            assertThat(weighted.of(weights).ap())
                    .isCloseTo(coco.get(CocoMetric.AP).orElseThrow(), within(1e-12));
        }
    }

    @Test
    void withoutObjectsThereIsNoNumber() {
        Dataset truth = DatasetReader.readTruth(cases.get("plain_0").truth());

        WeightedPrecision.Precision precision = WeightedPrecision.of(truth, List.of())
                .of(new int[truth.samples().size()]);

        assertThat(precision.ap()).isNaN();
    }
}
