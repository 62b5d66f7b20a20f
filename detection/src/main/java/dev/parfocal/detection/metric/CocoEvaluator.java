package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.truth.CocoInput;
import dev.parfocal.detection.truth.Federation;
import dev.parfocal.detection.truth.UnknownImages;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * COCO's box evaluation (Lin et al.: Microsoft COCO: Common Objects in Context, ECCV 2014. arXiv 1405.0312), with the
 * numbers of pycocotools' {@code COCOeval} to the last bit, oddities included, or as it was meant: see {@link Mode}.
 *
 * <p>Classes are evaluated side by side, as many at once as there are processors; beside the boxes, a class takes some 50 bytes
 * for each of its detections.
 */
public final class CocoEvaluator {

    /** Rare, common and frequent, as LVIS calls them. */
    private static final List<String> FREQUENCIES = List.of("r", "c", "f");

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
        CocoTables tables = new CocoTables(grid, labels.size());
        int[][] counted = fill(tables, input, grid, labels);
        int[] objects = Arrays.stream(counted).mapToInt(each -> each[0]).toArray();
        List<Category> classes = labels.stream().map(input.categories()::get).toList();
        return new CocoResult(
                tables,
                grid,
                Summary.of(tables, options, frequencies(input, classes)),
                classes,
                objects,
                input.notes());
    }

    /** The places of rare, common and frequent classes in a federated evaluation; none in another. */
    private static Map<String, int[]> frequencies(CocoInput input, List<Category> classes) {
        Map<String, int[]> groups = new LinkedHashMap<>();
        Optional<Federation> federation = input.boxes()
                .truth()
                .federation()
                .filter(any -> input.boxes().incomplete().isPresent());
        if (federation.isPresent() && !federation.get().frequency().isEmpty()) {
            for (String name : FREQUENCIES) {
                groups.put(
                        name,
                        IntStream.range(0, classes.size())
                                .filter(place -> name.equals(federation
                                        .get()
                                        .frequency()
                                        .get(classes.get(place).id())))
                                .toArray());
            }
        }
        return groups;
    }

    /** Precision and recall alone. */
    static CocoTables tables(CocoInput input, EvaluationOptions options) {
        CocoGrid grid = CocoGrid.of(options, input.boxes());
        List<Integer> labels = labels(input, options);
        CocoTables tables = new CocoTables(grid, labels.size());
        fill(tables, input, grid, labels);
        return tables;
    }

    /** Evaluates the classes, several at once; each writes where no other does. Answers how many objects each stratum has. */
    private static int[][] fill(CocoTables tables, CocoInput input, CocoGrid grid, List<Integer> labels) {
        int[][] counted = new int[labels.size()][];
        IntStream.range(0, counted.length).parallel().forEach(place -> {
            ClassEvaluation outcome = ClassEvaluation.of(grid, input.boxes(), labels.get(place));
            outcome.write(tables, place);
            counted[place] = outcome.objects();
        });
        return counted;
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
        CocoTables tables = new CocoTables(grid, labels.size());
        int[][] counted = fill(tables, input, grid, labels);
        return IntStream.range(0, grid.strata().size())
                .mapToObj(stratum -> slice(
                        tables,
                        grid,
                        stratum,
                        Arrays.stream(counted).mapToInt(each -> each[stratum]).sum()))
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
