package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.UnknownImages;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * COCO's box evaluation (Lin et al.: Microsoft COCO: Common Objects in Context, ECCV 2014. arXiv 1405.0312), with the
 * numbers of pycocotools' {@code COCOeval} to the last bit, oddities included, or as it was meant: see {@link Mode}.
 *
 * <p>Classes are evaluated one after another, so the working memory is that of the most frequent class.
 */
public final class CocoEvaluator {

    private CocoEvaluator() {}

    /**
     * Evaluates COCO files, with the coordinates exactly as they are written there.
     *
     * @throws dev.parfocal.core.ParfocalException as {@link CocoInput#read} does
     */
    public static CocoResult evaluate(Path truth, Path detections, UnknownImages unknown) {
        return evaluate(CocoInput.read(truth, detections, unknown));
    }

    /**
     * Evaluates detections against a data set.
     *
     * @throws dev.parfocal.core.ParfocalException as {@link CocoInput#of} does
     */
    public static CocoResult evaluate(Dataset truth, List<Detection> detections) {
        return evaluate(CocoInput.of(truth, detections));
    }

    /** Evaluates what was read, as COCO does. */
    public static CocoResult evaluate(CocoInput input) {
        return evaluate(input, EvaluationOptions.COCO);
    }

    /**
     * Evaluates what was read.
     *
     * @throws ParfocalException if the truth lacks one of the classes asked for
     */
    public static CocoResult evaluate(CocoInput input, EvaluationOptions options) {
        CocoGrid grid = CocoGrid.of(options, input.boxes());
        List<Integer> labels = labels(input, options);
        int[] counted = new int[labels.size()];
        CocoTables tables = tables(input, grid, labels, (place, outcome) -> counted[place] = outcome.objects(0));
        List<Category> classes = labels.stream().map(input.categories()::get).toList();
        return new CocoResult(tables, grid, Summary.of(tables, options), classes, counted, input.notes());
    }

    /** Precision and recall alone. */
    static CocoTables tables(CocoInput input, EvaluationOptions options) {
        CocoGrid grid = CocoGrid.of(options, input.boxes());
        return tables(input, grid, labels(input, options), (place, outcome) -> {});
    }

    private static CocoTables tables(CocoInput input, CocoGrid grid, List<Integer> labels, Outcome use) {
        CocoTables tables = new CocoTables(grid, labels.size());
        for (int place = 0; place < labels.size(); place++) {
            ClassEvaluation outcome = ClassEvaluation.of(grid, input.boxes(), labels.get(place));
            outcome.write(tables, place);
            use.accept(place, outcome);
        }
        return tables;
    }

    /** Is told of each class, by its place among those measured. */
    @FunctionalInterface
    private interface Outcome {
        void accept(int place, ClassEvaluation outcome);
    }

    /**
     * Evaluates slice by slice.
     *
     * @throws ParfocalException if the truth does not say what is needed for it
     */
    public static List<SliceResult> slices(CocoInput input, EvaluationOptions options, Trait trait) {
        return slices(input, options, trait.slicing(input.boxes()));
    }

    /**
     * Evaluates the images of each value of an attribute by themselves.
     *
     * @param attribute a field of the truth's images, or of their {@code attributes}
     * @throws ParfocalException if no image has it
     */
    public static List<SliceResult> slices(CocoInput input, EvaluationOptions options, String attribute) {
        return slices(input, options, Slicing.byAttribute(attribute, input.boxes()));
    }

    private static List<SliceResult> slices(CocoInput input, EvaluationOptions options, Slicing slicing) {
        CocoGrid grid = CocoGrid.of(options, slicing.strata(CocoGrid.all(options.mode(), input.boxes())));
        List<Integer> labels = labels(input, options);
        int[] counted = new int[grid.strata().size()];
        CocoTables tables = tables(input, grid, labels, (place, outcome) -> {
            for (int stratum = 0; stratum < counted.length; stratum++) {
                counted[stratum] += outcome.objects(stratum);
            }
        });
        return IntStream.range(0, counted.length)
                .mapToObj(stratum -> slice(tables, grid, stratum, counted[stratum]))
                .toList();
    }

    private static SliceResult slice(CocoTables tables, CocoGrid grid, int stratum, int objects) {
        int last = grid.ious().length - 1;
        int half = grid.threshold(0.5);
        return new SliceResult(
                grid.strata().get(stratum).name(),
                objects,
                CocoResult.present(tables.meanPrecision(stratum, 0, last)),
                half < 0 ? OptionalDouble.empty() : CocoResult.present(tables.meanPrecision(stratum, half, half)),
                CocoResult.present(tables.meanRecall(stratum, grid.limits().length - 1, 0, last)));
    }

    private static List<Integer> labels(CocoInput input, EvaluationOptions options) {
        List<String> names = input.categories().stream().map(Category::name).toList();
        options.classes().stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new ParfocalException(
                            "the truth has no class named '" + name + "'; it has " + String.join(", ", names));
                });
        return IntStream.range(0, names.size())
                .boxed()
                .filter(label ->
                        options.classes().isEmpty() || options.classes().contains(names.get(label)))
                .toList();
    }
}
