package dev.parfocal.detection.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.calibration.Lrp;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.metric.CocoEvaluator;
import dev.parfocal.detection.metric.CocoMetric;
import dev.parfocal.detection.metric.CocoResult;
import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.metric.Matches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageOutcomeTest {

    private static final List<Category> CLASSES =
            List.of(new Category(3, "cell"), new Category(7, "dust"), new Category(9, "hair"));
    private static final double[] ALL = {0, 0, 0};

    private static Box at(double x, double y) {
        return new Box(x, y, x + 10, y + 10);
    }

    private static Annotation object(int label, Box box) {
        return Annotation.of(box, label);
    }

    private static Detection found(int label, Box box, double score) {
        return new Detection(1, label, box, score);
    }

    private static Dataset one(Annotation... objects) {
        return new Dataset(
                "one", CLASSES, List.of(new Sample(1, Path.of("1.png"), 100, 100, List.of(objects))), Map.of());
    }

    private static ImageOutcome outcome(Dataset data, Detection... detections) {
        return ImageOutcome.of(data, List.of(detections), ALL, 0.5).get(0);
    }

    @Test
    void everyKindOfOutcomeByHand() {
        Dataset data = one(object(0, at(0, 0)), object(0, at(50, 0)), object(1, at(0, 50)), object(2, at(80, 80)));
        ImageOutcome outcome = outcome(
                data,
                found(0, at(1, 0), 0.9), // right, IoU 9/11
                found(0, at(2, 0), 0.8), // the same cell again: nothing left to find
                found(2, at(0, 51), 0.7), // dust taken for hair
                found(1, at(30, 30), 0.6)); // nothing there
        assertThat(outcome.right()).hasSize(1);
        assertThat(outcome.right().get(0).iou()).isCloseTo(9.0 / 11, within(1e-12));
        assertThat(outcome.confused()).extracting(pair -> pair.object().label()).containsExactly(1);
        assertThat(outcome.invented()).extracting(Detection::score).containsExactly(0.8, 0.6);
        assertThat(outcome.missed()).extracting(Annotation::box).containsExactlyInAnyOrder(at(50, 0), at(80, 80));
        assertThat(outcome.mistakes()).isEqualTo(5);

        Confusion confusion = Confusion.of(CLASSES, List.of(outcome));
        assertThat(confusion.counts())
                .isDeepEqualTo(new int[][] {{1, 0, 0, 1}, {0, 0, 1, 0}, {0, 0, 0, 1}, {1, 1, 0, 0}});
        assertThat(confusion.total(0)).isEqualTo(2);
    }

    @Test
    void theOwnClassGoesBeforeAHigherScore() {
        Dataset data = one(object(0, at(0, 0)));
        ImageOutcome outcome = outcome(data, found(1, at(0, 0), 0.9), found(0, at(1, 0), 0.2));
        assertThat(outcome.right()).extracting(pair -> pair.detection().score()).containsExactly(0.2);
        assertThat(outcome.invented()).extracting(Detection::label).containsExactly(1);
        assertThat(outcome.confused()).isEmpty();
    }

    @Test
    void crowdsAndLowScoresDoNotCount() {
        Annotation crowd = new Annotation(new Box(0, 0, 60, 60), 0, true, 3600);
        ImageOutcome outcome = ImageOutcome.of(
                        one(crowd),
                        List.of(found(0, at(5, 5), 0.9), found(1, at(5, 5), 0.9), found(1, at(70, 5), 0.4)),
                        new double[] {0.5, 0.5, 0.5},
                        0.5)
                .get(0);
        assertThat(outcome.missed()).isEmpty();
        assertThat(outcome.invented()).extracting(Detection::label).containsExactly(1);
    }

    @Test
    void worstComesFirst() {
        Dataset data = random(new Random(4), 30);
        List<ImageOutcome> ranked = ImageOutcome.of(data, guesses(new Random(5), data), ALL, 0.5).stream()
                .sorted(ImageOutcome.WORST_FIRST)
                .toList();
        for (int i = 1; i < ranked.size(); i++) {
            ImageOutcome before = ranked.get(i - 1);
            ImageOutcome after = ranked.get(i);
            assertThat(before.mistakes()).isGreaterThanOrEqualTo(after.mistakes());
            if (before.mistakes() == after.mistakes()) {
                assertThat(before.right().size())
                        .isLessThanOrEqualTo(after.right().size());
            }
        }
        assertThat(ranked.get(0).mistakes()).isGreaterThan(ranked.get(29).mistakes());
    }

    /** The diagonal is what COCO's matching finds right; rows add up to the objects, columns to the detections. */
    @Test
    void agreesWithTheMatcherOfTheEvaluation() {
        for (int seed = 0; seed < 40; seed++) {
            Dataset data = random(new Random(seed), 12);
            List<Detection> guesses = guesses(new Random(seed + 100), data);
            Matches matches = Matcher.match(data, guesses, 0.5);
            double[] lowest = Lrp.thresholds(Lrp.perClass(matches, 0.5), CLASSES.size());
            Matches kept = matches.from(lowest);
            Confusion confusion = Confusion.of(CLASSES, ImageOutcome.of(data, guesses, lowest, 0.5));
            for (int label = 0; label < CLASSES.size(); label++) {
                int own = label;
                long hits = IntStream.range(0, kept.size())
                        .filter(i -> kept.label(i) == own && kept.iou(i) > 0)
                        .count();
                long objects = data.samples().stream()
                        .flatMap(sample -> sample.annotations().stream())
                        .filter(object -> object.label() == own)
                        .count();
                long detections = guesses.stream()
                        .filter(guess -> guess.label() == own && guess.score() >= lowest[own])
                        .count();
                assertThat(confusion.counts()[label][label]).isEqualTo((int) hits);
                assertThat(confusion.total(label)).isEqualTo((int) objects);
                assertThat(Arrays.stream(confusion.counts())
                                .mapToInt(row -> row[own])
                                .sum())
                        .isEqualTo((int) detections);
            }
        }
    }

    @Test
    void meanPrecisionOverRecallIsTheAveragePrecision() {
        Dataset data = random(new Random(8), 20);
        CocoResult result = CocoEvaluator.evaluate(data, guesses(new Random(9), data));
        assertThat(mean(result, CLASSES, List.of(0.5)))
                .isCloseTo(result.get(CocoMetric.AP50).orElseThrow(), within(1e-12));
        assertThat(mean(result, CLASSES, List.of(0.75)))
                .isCloseTo(result.get(CocoMetric.AP75).orElseThrow(), within(1e-12));
        assertThat(mean(result, CLASSES, CocoResult.ious()))
                .isCloseTo(result.get(CocoMetric.AP).orElseThrow(), within(1e-12));
        assertThat(mean(result, CLASSES.subList(1, 2), CocoResult.ious()))
                .isCloseTo(result.classes().get(1).ap().orElseThrow(), within(1e-12));
        CocoResult nothing = CocoEvaluator.evaluate(one(), List.of());
        assertThat(nothing.precision(CLASSES, List.of(0.5))).isEmpty();
    }

    private static double mean(CocoResult result, List<Category> classes, List<Double> ious) {
        return Arrays.stream(result.precision(classes, ious).orElseThrow())
                .average()
                .orElseThrow();
    }

    private static Dataset random(Random random, int images) {
        List<Sample> samples = new ArrayList<>();
        for (int id = 1; id <= images; id++) {
            List<Annotation> objects = new ArrayList<>();
            int count = random.nextInt(6);
            for (int i = 0; i < count; i++) {
                objects.add(object(random.nextInt(3), at(random.nextInt(80), random.nextInt(80))));
            }
            samples.add(new Sample(id, Path.of(id + ".png"), 100, 100, objects));
        }
        return new Dataset("random", CLASSES, samples, Map.of());
    }

    /** Objects a little displaced, some with another class, some left out, some made up; no two scores are equal. */
    private static List<Detection> guesses(Random random, Dataset data) {
        List<Detection> guesses = new ArrayList<>();
        for (Sample sample : data.samples()) {
            for (Annotation object : sample.annotations()) {
                Box moved = object.box().shifted(random.nextDouble() * 6 - 3, random.nextDouble() * 6 - 3);
                int label = random.nextInt(4) == 0 ? random.nextInt(3) : object.label();
                if (random.nextInt(5) > 0) {
                    guesses.add(new Detection(sample.id(), label, moved, random.nextDouble()));
                }
            }
            guesses.add(new Detection(
                    sample.id(),
                    random.nextInt(3),
                    at(random.nextInt(80), random.nextInt(80)),
                    0.5 * random.nextDouble()));
        }
        return guesses;
    }
}
