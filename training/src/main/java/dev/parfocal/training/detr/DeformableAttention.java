package dev.parfocal.training.detr;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.FeatureMaps;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import java.util.ArrayList;
import java.util.List;

/**
 * Attention of queries to a few points of every level of the pyramid. Each head of a query looks at points around the
 * query's box, at offsets and with weights that follow from the query; Zhu et al., Deformable DETR, arXiv 2010.04159.
 */
final class DeformableAttention {
    private final Block offsets;
    private final Block weights;
    private final Block values;
    private final Block output;
    private final int heads;
    private final int levels;
    private final int points;

    DeformableAttention(Layers layers, String name, RtDetrConfig.Decoder config, int levels) {
        Tokens tokens = new Tokens(layers);
        int width = config.width();
        heads = config.heads();
        points = config.points();
        this.levels = levels;
        int looks = heads * levels * points;
        offsets = tokens.constantAtFirst(name + ".sampling_offsets", width, star());
        weights = tokens.constantAtFirst(name + ".attention_weights", width, new float[looks]);
        values = tokens.linear(name + ".value_proj", width, width, Initializer.XAVIER, 0);
        output = tokens.linear(name + ".output_proj", width, width, Initializer.XAVIER, 0);
    }

    /** The offsets that heads start with: each has a direction of its own, and each point lies one step farther out. */
    private float[] star() {
        float[] steps = new float[heads * levels * points * 2];
        for (int i = 0; i < steps.length / 2; i++) {
            int head = i / (levels * points);
            double angle = 2 * Math.PI * head / heads;
            double largest = Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
            int step = i % points + 1;
            steps[2 * i] = (float) (step * Math.cos(angle) / largest);
            steps[2 * i + 1] = (float) (step * Math.sin(angle) / largest);
        }
        return steps;
    }

    /**
     * What queries take from the pyramid.
     *
     * @param queries {@code [batch, queries, width]}, positions added
     * @param boxes {@code [batch, queries, 4]} cx, cy, w, h as shares of the image
     */
    Tensor forward(Tensor queries, Tensor boxes, Memory memory) {
        long batch = queries.size(0);
        long count = queries.size(1);
        Tensor value = values.forward(memory.tokens());
        Tensor grid = grid(queries, boxes);
        Tensor shares = weights.forward(queries)
                .reshape(batch, count, heads, (long) levels * points)
                .softmax()
                .permute(0, 2, 1, 3)
                .reshape(batch * heads, 1, count, (long) levels * points);
        List<Tensor> sampled = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            Tensor at = grid.narrow(3, level, 1).permute(0, 2, 1, 3, 4, 5).reshape(batch * heads, count, points, 2);
            sampled.add(FeatureMaps.at(memory.map(value, level, heads), at, FeatureMaps.Beyond.ZERO));
        }
        Tensor sums = Tensor.concatenate(sampled, 3).times(shares).sumOver(3);
        return output.forward(sums.reshape(batch, value.size(2), count).permute(0, 2, 1));
    }

    /** Where to look: {@code [batch, queries, heads, levels, points, 2]}, -1 to 1 across the image. */
    private Tensor grid(Tensor queries, Tensor boxes) {
        long batch = queries.size(0);
        long count = queries.size(1);
        Tensor steps = offsets.forward(queries).reshape(batch, count, heads, levels, points, 2);
        // The outermost point starts at the box's border: an offset is in units of half the box by the number of
        // points.
        Tensor unit = boxes.narrow(2, 2, 2).affine(1.0 / points, 0).reshape(batch, count, 1, 1, 1, 2);
        Tensor centre = boxes.narrow(2, 0, 2).affine(2, -1).reshape(batch, count, 1, 1, 1, 2);
        return steps.times(unit).plus(centre);
    }
}
