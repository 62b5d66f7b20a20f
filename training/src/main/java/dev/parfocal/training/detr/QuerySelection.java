package dev.parfocal.training.detr;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Selection;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Tokens;
import java.util.List;

/** Every pixel of the pyramid proposes a class and a box; those with the highest scores become the decoder's queries. */
final class QuerySelection {
    /** A box that a pixel of the finest level starts from, as a share of the image; twice as large on each next level. */
    private static final double SIZE = 0.05;
    /** Pixels whose box is closer than this to 0 or 1 propose nothing. */
    private static final double MARGIN = 0.01;

    private final Block output;
    private final Block classes;
    private final Block corrections;
    private final int queries;

    QuerySelection(Layers layers, String name, RtDetrConfig.Decoder config, int classCount, double bias) {
        Tokens tokens = new Tokens(layers);
        int width = config.width();
        output = tokens.linear(name + ".enc_output.0", width, width, Initializer.XAVIER, 0)
                .then(tokens.normalization(name + ".enc_output.1", width));
        classes = tokens.linear(name + ".enc_score_head", width, classCount, Initializer.XAVIER, bias);
        corrections = Perceptron.ofBoxes(layers, name + ".enc_bbox_head", width);
        queries = config.queries();
    }

    /**
     * The chosen pixels.
     *
     * @param features {@code [batch, pixels, width]} what all pixels' proposals were computed from
     * @param proposed what the encoder says of them, by falling score
     * @param queries what the decoder starts from, without history
     * @param rows {@link Memory#tokens} that were chosen
     */
    record Selected(Tensor features, Decoder.Step proposed, Queries queries, Selection rows) {}

    /**
     * Chooses queries for each image.
     *
     * @throws ParfocalException if the pyramid has fewer pixels than there are queries
     */
    Selected forward(Memory memory) {
        int pixels = memory.tokens().size(1);
        if (pixels < queries) {
            throw new ParfocalException("model.decoder.queries: " + queries + " queries cannot be chosen among the "
                    + pixels + " pixels of this image's pyramid; use a larger model.input or fewer queries");
        }
        float[] anchors = new float[4 * pixels];
        float[] valid = new float[pixels];
        anchors(memory.levels(), anchors, valid);
        Tensor features = output.forward(memory.tokens().times(constant(valid, 1, pixels, 1)));
        Tensor logits = classes.forward(features);
        Tensor boxes = corrections.forward(features).plus(constant(anchors, 1, pixels, 4));
        Selection rows = Selection.highest(logits.largestOver(2), queries);
        Decoder.Step proposed = new Decoder.Step(rows.ofEach(features), rows.ofEach(logits), rows.ofEach(boxes));
        Queries start =
                new Queries(proposed.content().detach(), proposed.boxes().detach(), null);
        return new Selected(features, proposed, start, rows);
    }

    private static Tensor constant(float[] values, long... shape) {
        Tensor tensor = Tensor.zeros(shape);
        tensor.set(values);
        return tensor;
    }

    /** Logits of the boxes that pixels start from, and 1 for pixels that may propose; their coordinates are independent. */
    private static void anchors(List<Memory.Size> levels, float[] anchors, float[] valid) {
        int at = 0;
        double size = SIZE;
        for (Memory.Size level : levels) {
            for (int pixel = 0; pixel < level.pixels(); pixel++, at++) {
                double x = (pixel % level.columns() + 0.5) / level.columns();
                int row = pixel / level.columns();
                double y = (row + 0.5) / level.rows();
                boolean inside = inside(x) && inside(y) && inside(size);
                valid[at] = inside ? 1 : 0;
                anchors[4 * at] = logit(x, inside);
                anchors[4 * at + 1] = logit(y, inside);
                anchors[4 * at + 2] = logit(size, inside);
                anchors[4 * at + 3] = logit(size, inside);
            }
            size *= 2;
        }
    }

    private static boolean inside(double share) {
        return share > MARGIN && share < 1 - MARGIN;
    }

    private static float logit(double share, boolean inside) {
        return inside ? (float) Math.log(share / (1 - share)) : Float.MAX_VALUE;
    }
}
