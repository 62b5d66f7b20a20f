package dev.parfocal.detection.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CocoEvaluatorTest {

    private static final List<Category> CATEGORIES =
            List.of(new Category(7, "cat"), new Category(3, "dog"), new Category(5, "cow"));

    private static Dataset truth(int images) {
        Random random = new Random(1);
        List<Sample> samples = IntStream.range(0, images)
                .mapToObj(i -> new Sample(100 + i, Path.of(i + ".png"), 320, 240, objects(random)))
                .toList();
        return new Dataset("test", CATEGORIES, samples, Map.of());
    }

    private static List<Annotation> objects(Random random) {
        return IntStream.range(0, 5)
                .mapToObj(i -> Annotation.of(box(random, 20 + random.nextInt(150)), random.nextInt(2)))
                .toList();
    }

    private static Box box(Random random, double size) {
        return Box.ofXywh(random.nextInt(200), random.nextInt(150), size, size * 0.75);
    }

    private static List<Detection> perfect(Dataset truth) {
        List<Detection> detections = new ArrayList<>();
        Random random = new Random(2);
        for (Sample sample : truth.samples()) {
            for (Annotation object : sample.annotations()) {
                detections.add(new Detection(sample.id(), object.label(), object.box(), random.nextDouble()));
            }
        }
        return detections;
    }

    @Test
    void perfectDetectionsScoreOne() {
        CocoResult result = CocoEvaluator.evaluate(truth(20), perfect(truth(20)));
        assertThat(result.get(CocoMetric.AP)).hasValue(1);
        assertThat(result.get(CocoMetric.AR100)).hasValue(1);
        assertThat(result.get(CocoMetric.AR_SMALL)).hasValue(1);
    }

    @Test
    void aClassWithoutObjectsHasNoFigureAndDoesNotCount() {
        CocoResult result = CocoEvaluator.evaluate(truth(20), perfect(truth(20)));
        assertThat(result.classes())
                .extracting(ClassResult::category)
                .extracting(Category::name)
                .containsExactly("dog", "cow", "cat");
        ClassResult cow = result.classes().get(1);
        assertThat(cow.objects()).isZero();
        assertThat(cow.ap()).isEmpty();
        assertThat(result.curve(CATEGORIES.get(2), 0.5)).isEmpty();
        assertThat(result.curve(CATEGORIES.get(0), 0.5)).isPresent();
    }

    @Test
    void noDetectionsScoreZeroAndNoObjectsHaveNoScore() {
        assertThat(CocoEvaluator.evaluate(truth(3), List.of()).get(CocoMetric.AP))
                .hasValue(0);
        Sample empty = new Sample(1, Path.of("a.png"), 32, 32, List.of());
        Dataset nothing = new Dataset("empty", CATEGORIES, List.of(empty), Map.of());
        CocoResult result = CocoEvaluator.evaluate(nothing, List.of(new Detection(1, 0, new Box(0, 0, 9, 9), 0.5)));
        assertThat(result.get(CocoMetric.AP)).isEmpty();
        assertThat(result.asPycocotools().values()).containsOnly(-1.0);
        assertThat(result.asPycocotools().keySet())
                .containsExactly(
                        "AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl");
    }

    @Test
    void scalingTheScoresChangesNothing() {
        Dataset truth = truth(20);
        List<Detection> detections = noisy(truth);
        List<Detection> scaled = detections.stream()
                .map(d -> new Detection(d.imageId(), d.label(), d.box(), d.score() * 0.25))
                .toList();
        assertThat(CocoEvaluator.evaluate(truth, scaled).asPycocotools())
                .isEqualTo(CocoEvaluator.evaluate(truth, detections).asPycocotools());
    }

    @Test
    void theOrderOfImagesAndOfUntiedDetectionsDoesNotMatter() {
        Dataset truth = truth(20);
        List<Detection> detections = noisy(truth);
        Map<String, Double> before = CocoEvaluator.evaluate(truth, detections).asPycocotools();
        Collections.shuffle(detections, new Random(9));
        List<Sample> samples = new ArrayList<>(truth.samples());
        Collections.shuffle(samples, new Random(10));
        assertThat(CocoEvaluator.evaluate(truth.withSamples(samples), detections)
                        .asPycocotools())
                .isEqualTo(before);
    }

    private static List<Detection> noisy(Dataset truth) {
        Random random = new Random(3);
        List<Detection> detections = new ArrayList<>();
        for (Detection found : perfect(truth)) {
            detections.add(new Detection(
                    found.imageId(), found.label(), found.box().shifted(random.nextInt(20), 3), found.score()));
            detections.add(new Detection(found.imageId(), found.label(), box(random, 60), random.nextDouble()));
        }
        return detections;
    }

    @Test
    void unusableDetectionsAreRefused() {
        Dataset truth = truth(1);
        Box box = new Box(0, 0, 10, 10);
        assertThatThrownBy(() -> CocoEvaluator.evaluate(truth, List.of(new Detection(4, 0, box, 0.5))))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(
                        "detection 1 is on image 4, which the truth does not list: are these files of the same images?");
        assertThatThrownBy(() -> CocoEvaluator.evaluate(truth, List.of(new Detection(100, 0, box, Double.NaN))))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("detection 1 (image 100): the score or area is not a number (NaN)");
        assertThatThrownBy(() -> CocoEvaluator.evaluate(truth, List.of(new Detection(100, 3, box, 0.5))))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("detection 1 (image 100): label 3 is not one of the 3 categories");
        Box endless = new Box(0, 0, Double.POSITIVE_INFINITY, 1);
        assertThatThrownBy(() -> CocoEvaluator.evaluate(truth, List.of(new Detection(100, 0, endless, 0.5))))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("is not finite");
    }

    @Test
    void onlyTheGridOfThresholdsHasCurves() {
        CocoResult result = CocoEvaluator.evaluate(truth(2), List.of());
        assertThatThrownBy(() -> result.curve(CATEGORIES.get(0), 0.52)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> result.curve(CATEGORIES.get(0), 1)).isInstanceOf(ParfocalException.class);
        assertThatThrownBy(() -> result.curve(new Category(1, "x"), 0.5)).isInstanceOf(ParfocalException.class);
    }

    @Test
    void theDescriptionsArePycocotoolsWords() {
        List<Figure> figures = CocoEvaluator.evaluate(truth(2), List.of()).figures();
        assertThat(figures.get(0).description())
                .isEqualTo("Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ]");
        assertThat(figures.get(2).description())
                .isEqualTo("Average Precision  (AP) @[ IoU=0.75      | area=   all | maxDets=100 ]");
        assertThat(figures.get(6).description())
                .isEqualTo("Average Recall     (AR) @[ IoU=0.50:0.95 | area=   all | maxDets=  1 ]");
        assertThat(figures)
                .extracting(Figure::key)
                .containsExactly(
                        Arrays.stream(CocoMetric.values()).map(CocoMetric::key).toArray(String[]::new));
    }
}
