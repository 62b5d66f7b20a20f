package dev.parfocal.training.detr;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Selection;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import dev.parfocal.training.model.Truth;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes the queries of contrastive denoising from the objects of a batch. */
final class DenoisingQueries {
    private final RtDetrConfig.Denoising config;
    private final Supplier<Tensor> classes;
    private final int classCount;

    DenoisingQueries(Layers layers, String name, RtDetrConfig.Denoising config, int width, int classCount) {
        this.config = config;
        this.classCount = classCount;
        // The last row stands for queries of no object, which fill up images with fewer of them.
        classes = new Tokens(layers).table(name, classCount + 1, width, new Initializer(Initializer.Kind.XAVIER, 1));
    }

    /**
     * Queries with noise.
     *
     * @param queries with the mask for them and the ordinary ones behind them
     * @param assignments which of them is to find which object
     */
    record Noised(Queries queries, List<Assignment> assignments) {
        int count() {
            return queries.boxes().size(1);
        }
    }

    /**
     * Queries for a batch; null if there is nothing to denoise: in use, or without objects.
     *
     * @param width of the images, in pixels
     * @param height likewise
     * @param ordinary number of the ordinary queries
     */
    @Nullable
    Noised forward(Truth truth, int width, int height, int ordinary) {
        List<List<Annotation>> images = truth.objects().orElse(List.of());
        int most = images.stream().mapToInt(DenoisingQueries::count).max().orElse(0);
        if (most == 0) {
            return null;
        }
        DenoisingLayout layout = new DenoisingLayout(most, Math.max(1, config.queries() / most));
        DenoisingNoise noise = new DenoisingNoise(config, classCount, new SplittableRandom(truth.seed()));
        int queries = layout.queries();
        long[] labels = new long[images.size() * queries];
        float[] boxes = new float[4 * labels.length];
        for (int image = 0; image < images.size(); image++) {
            layout.fill(images.get(image), width, height, noise, labels, boxes, image * queries);
        }
        Tensor start = Tensor.zeros(images.size(), queries, 4);
        start.set(boxes);
        Selection rows = Selection.of(labels);
        Tensor content = rows.ofTable(classes.get(), classCount)
                .reshape(images.size(), queries, classes.get().size(1));
        return new Noised(
                new Queries(content, start.logit(Decoder.EPSILON), layout.mask(ordinary)),
                images.stream().map(layout::assignment).toList());
    }

    private static int count(List<Annotation> objects) {
        return (int) objects.stream().filter(object -> !object.crowd()).count();
    }
}
