package dev.parfocal.training.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.record.Signals;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {

    private static final List<Map<String, Double>> NONE = List.of();

    private static Evidence spoiled(Consumer<Course> spoil) {
        return Course.of(Course.STEPS, (course, step) -> spoil.accept(course));
    }

    private static Evidence arriving(Map<String, Map<String, Double>> gradients) {
        return spoiled(c -> c.signals = new Signals(Map.of(), gradients, Map.of()));
    }

    /** A run that has what the rule looks for, and words of the finding. */
    private record Case(Evidence evidence, String... words) {}

    private static Case trigger(Rule rule) {
        return switch (rule) {
            case NOTHING_LEARNT ->
                new Case(
                        Course.leftOut(3),
                        "nothing was learnt: 3 steps of 3 left out, for the numbers were not finite");
            case NOT_FINITE ->
                new Case(Course.of(50, (c, i) -> c.box = i > 40 ? Double.NaN : c.box), "at step 41", "NaN");
            case PRIOR_BIAS ->
                new Case(
                        Course.of(50, (c, i) -> {
                            c.classification = i == 1 ? 87 : 1;
                            c.negatives = i == 1 ? new long[] {0, 0, 0, 0, 0, 37_000, 0, 0, 0, 100} : c.negatives;
                        }),
                        "prior bias missing: the first classification loss is 87",
                        "99.7 %");
            case NORMALIZER ->
                new Case(
                        spoiled(c -> c.normalizer = 37_160),
                        "normaliser is elements",
                        "37,160",
                        "effective rate 1/590");
            case EASY_NEGATIVES ->
                new Case(
                        spoiled(c -> {
                            c.easyGradient = 994;
                            c.positiveGradient = 5;
                        }),
                        "99.4 % of the gradient comes from easy negatives",
                        "0.5 % from positives");
            case HARD_NEGATIVES ->
                new Case(spoiled(c -> c.hardGradient = 11), "55 % of the gradient comes from hard negatives");
            case UNREACHED_LEVEL ->
                new Case(
                        arriving(Map.of(
                                "pyramid.stride8", Map.of("classification", 1.0, "box", 1.0),
                                "pyramid.stride16", Map.of("classification", 1.0))),
                        "box does not reach pyramid.stride16");
            case STARVED_REGIONS ->
                new Case(
                        arriving(Map.of("pyramid.stride8", Map.of("rpn.box", 95.0, "roi.box", 5.0))),
                        "the region proposal network has 95.0 % of the gradient");
            case FIGHTING_LAYERS ->
                new Case(
                        spoiled(c -> c.signals = new Signals(
                                Map.of(),
                                Map.of("encoder", Map.of("decoder0.box", 1.0, "decoder1.box", 1.0)),
                                Map.of("encoder", List.of(new Signals.Cosine("decoder0.box", "decoder1.box", -0.5))))),
                        "decoder0.box and decoder1.box pull apart at encoder");
            case OWNED_PLACE ->
                new Case(
                        arriving(Map.of("backbone.stage2", Map.of("classification", 1.0, "box", 99.0))),
                        "box owns up to 99.0 % of the gradient at backbone.stage2");
            case STARVED_CLASS ->
                new Case(
                        spoiled(c -> {
                            c.byClass = new double[] {9.97, 0.03};
                            c.positivesByClass = new long[] {58, 2};
                        }),
                        "class square gets 0.3 % of the gradient",
                        "3.3 % of the points");
            case MISSING_CLASS ->
                new Case(
                        spoiled(c -> c.positivesByClass = new long[] {60, 0}),
                        "no object of class square",
                        "300 steps");
            case UNMATCHED_SIZES ->
                new Case(
                        spoiled(c -> c.objects = new long[] {1, 1, 1, 2, 3, 2, 1, 0, 0, 0}),
                        "no anchor matches boxes smaller than 12 px",
                        "600 of 600 such objects",
                        "18 % of all");
            case FEW_POINTS -> new Case(spoiled(c -> c.levels = new long[] {10, 5, 1}), "1.78 points on average");
            case NO_POSITIVES ->
                new Case(
                        Course.of(100, (c, i) -> c.levels = i % 4 > 0 ? new long[3] : c.levels),
                        "in 75 % of the steps no point learns an object");
            case IDLE_LEVEL -> new Case(spoiled(c -> c.levels = new long[] {40, 20, 0}), "level 2", "owns 0 % of");
            case LOW_SCORES ->
                new Case(spoiled(c -> c.largestLogit = -0.8f), "scores never exceed 0.5", "the last 30 steps is 0.31");
            case LOW_POSITIVES ->
                new Case(
                        spoiled(c -> c.positives = new long[] {48, 2, 2, 2, 2, 2, 2, 0, 0, 0}),
                        "80 % of the points that show objects still score below 0.1");
            case SATURATION -> new Case(spoiled(c -> c.saturated = 800), "2.2 % of the logits are beyond 17.3");
            case NO_PRECISION -> new Case(scores(List.of(Map.of("AP", 0.0))), "the average precision is 0");
            case LOST_CLASS ->
                new Case(
                        scores(List.of(Map.of("AP", 0.2, "AP/disc", 0.4, "AP/square", 0.0))),
                        "average precision 0 for class square");
            case PAST_ITS_BEST ->
                new Case(scores(List.of(Map.of("AP", 0.8), Map.of("AP", 0.7))), "fell from 0.80 to 0.70");
            case CLIPPED -> new Case(spoiled(c -> c.norm = 400), "clipped in 100 % of the steps", "1/50");
            case SPIKES ->
                new Case(
                        Course.of(Course.STEPS, (c, i) -> c.norm = i == 222 ? 4000 : c.norm),
                        "at step 222",
                        "500 times");
            case NOT_FALLING ->
                new Case(spoiled(c -> c.classification = 1.5), "the loss does not fall: 2.00 in the first 30");
            case OUTWEIGHED -> new Case(spoiled(c -> c.box = 0.001), "the box loss is 0.2 % of the weighted sum");
            case WAITING -> new Case(spoiled(c -> c.data = 100), "50 % of its 200 ms");
        };
    }

    private static Evidence scores(List<Map<String, Double>> evaluations) {
        return Course.evidence(Course.STEPS, (c, i) -> {}, evaluations);
    }

    @ParameterizedTest
    @EnumSource
    void findsWhatItLooksForAndNothingInAHealthyRun(Rule rule) {
        Case trigger = trigger(rule);

        assertThat(rule.look(trigger.evidence())).hasValueSatisfying(finding -> {
            assertThat(finding.what()).contains(trigger.words());
            assertThat(finding.why()).endsWith(".");
            assertThat(finding.change()).endsWith(".");
            assertThat(finding.rule()).isEqualTo(rule.title());
            assertThat(finding.numbers()).isNotEmpty();
        });
        assertThat(rule.look(Course.of(Course.STEPS, (c, i) -> {}))).isEmpty();
    }

    /** A class that gets next to nothing, on one batch of {@code every}. */
    private static String remedyOfStarved(int every, String yaml) {
        Evidence starved = Course.of(Course.STEPS, (c, i) -> {
            c.byClass = new double[] {9.97, 0.03};
            c.positivesByClass = new long[] {58, i % every == 0 ? 2 : 0};
        });
        RunConfig config = RunConfig.parse(yaml, "test.yaml");
        Evidence configured =
                new Evidence(starved.record(), starved.classes(), starved.losses(), config, starved.complete());
        return Rule.STARVED_CLASS.look(configured).orElseThrow().change();
    }

    @Test
    void aStarvedClassIsToBeShownMoreOftenWhereThatHelps() {
        // One of ten batches of 8: 1 - 0.9^(1/8) = 1.3 % of the images, and sqrt(0.3 / 0.0131) = 4.79.
        assertThat(remedyOfStarved(10, "batch: 8"))
                .contains("--with sampling.rare=1", "About 1.3 % of the images", "up to 4.79 times");
        assertThat(remedyOfStarved(10, "sampling: {rare: 1, below: 0.2}"))
                .contains("raise sampling.below, which is 0.2");
        assertThat(remedyOfStarved(10, "curriculum: [{sampling.rare: linear 1 to 0}]"))
                .contains("more often already");
        assertThat(remedyOfStarved(1, "batch: 8")).contains("on many images already", "--size");
    }

    @ParameterizedTest
    @EnumSource
    void saysOfARunWithoutStepsThatAlone(Rule rule) {
        List<String> said = rule.look(Course.evidence(0, (c, i) -> {}, NONE)).stream()
                .map(Finding::what)
                .toList();
        assertThat(said).isEqualTo(rule == Rule.NOTHING_LEARNT ? List.of("no step is recorded yet") : List.of());
    }

    @Test
    void nothingElseIsSaidOfARunThatLearntNothing() {
        assertThat(Rule.findings(Course.leftOut(2)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.why()).contains("the loss is infinity"));
    }

    @Test
    void aSlightLossIsRaisedByTheKeyOfItsWeight() {
        assertThat(Rule.OUTWEIGHED
                        .look(spoiled(c -> c.box = 0.001))
                        .orElseThrow()
                        .change())
                .startsWith("Raise loss.box.weight, or");
        Evidence faint = spoiled(c -> c.classification = 0.001);
        assertThat(Rule.OUTWEIGHED.look(faint).orElseThrow().change())
                .startsWith("Raise loss.classification.weight (--gain auto measures how much), or");
    }

    @ParameterizedTest
    @ValueSource(strings = {"retinanet", "faster_rcnn", "yolox", "rt_detr"})
    void everyFamilyIsJudgedByTheOutputThatDetectionsAreMadeFrom(String model) {
        String classification = Models.preset(model).value().component("classification");
        assertThat(Rule.LOW_SCORES.look(Course.of(model, c -> c.largestLogit = -0.8f)))
                .isPresent();
        assertThat(Rule.LOW_SCORES.look(Course.of(model, c -> {}))).isEmpty();
        assertThat(Rule.OUTWEIGHED
                        .look(Course.of(model, c -> c.classification = 0.001))
                        .orElseThrow()
                        .change())
                .startsWith("Raise loss." + classification + ".weight (--gain auto measures how much), or");
    }

    @Test
    void onePointForEachObjectAndSampledBackgroundAreAsTheyShouldBe() {
        long[] onePointEach = {10, 0, 0};
        assertThat(Rule.FEW_POINTS.look(Course.of("retinanet", c -> c.levels = onePointEach)))
                .isPresent();
        assertThat(Rule.FEW_POINTS.look(Course.of("rt_detr", c -> c.levels = onePointEach)))
                .isEmpty();
        assertThat(Rule.NORMALIZER.look(Course.of("retinanet", c -> c.normalizer = 2048)))
                .isPresent();
        assertThat(Rule.NORMALIZER.look(Course.of("faster_rcnn", c -> c.normalizer = 2048)))
                .isEmpty();
    }

    @Test
    void whatMattersMostComesFirst() {
        Evidence evidence = spoiled(c -> {
            c.box = 0.001;
            c.saturated = 800;
            c.largestLogit = -0.8f;
        });
        assertThat(Rule.findings(evidence))
                .extracting(Finding::rule)
                .containsExactly("low-scores", "saturation", "outweighed");
    }
}
