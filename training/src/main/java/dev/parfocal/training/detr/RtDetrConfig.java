package dev.parfocal.training.detr;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Scoring;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.weights.TensorShapes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The measures of an RT-DETR.
 *
 * @param input width and height that images are fitted to, multiples of 32
 * @param pixels what the weights expect
 * @param precision of the forward pass in training
 * @param backbone its ResNet
 * @param encoder the pyramid on strides 8, 16 and 32
 * @param decoder what makes objects of it
 * @param denoising further queries in training that start from the objects, with noise; null: none
 */
public record RtDetrConfig(
        InputSize input,
        Pixels pixels,
        Precision precision,
        ResNet backbone,
        Encoder encoder,
        Decoder decoder,
        @Nullable Denoising denoising)
        implements ModelConfig {

    /** Pixels of the image for a pixel of the coarsest map. */
    private static final int COARSEST = 32;

    /** A small one of 1.4 million parameters for images of 320 × 256, to be trained on a processor. */
    public static final RtDetrConfig DEFAULT = new RtDetrConfig(
            new InputSize(320, 256),
            Pixels.PLAIN,
            Precision.FLOAT32,
            new ResNet(ResidualLayer.BASIC, 32, List.of(32, 64, 96, 128), List.of(1, 1, 1, 1), Norm.Batch.PYTORCH),
            new Encoder(64, 1, 8, 128, 1),
            new Decoder(64, 2, 8, 128, 4, 30),
            new Denoising(30, 0.5, 1));

    /**
     * The backbone's measures.
     *
     * @param layer what its stages are built of
     * @param stem channels behind the stem, even
     * @param widths channels of the four stages, at strides 4, 8, 16 and 32
     * @param depths layers of each stage
     * @param norm over the batch, or with the fixed statistics that its weights bring
     */
    public record ResNet(ResidualLayer layer, int stem, List<Integer> widths, List<Integer> depths, Norm norm) {
        private static final int STAGES = 4;

        /** Checks the ranges. */
        public ResNet {
            if (stem < 2 || stem % 2 != 0) {
                throw new ParfocalException("model.backbone.stem must be even and at least 2, but is " + stem);
            }
            requireFour("widths", widths, 4);
            requireFour("depths", depths, 1);
            widths = List.copyOf(widths);
            depths = List.copyOf(depths);
        }

        private static void requireFour(String key, List<Integer> values, int least) {
            if (values.size() != STAGES || values.stream().anyMatch(v -> v < least)) {
                throw new ParfocalException("model.backbone." + key + " must be four numbers of at least " + least
                        + ", one for each stage, but is " + values);
            }
        }
    }

    /**
     * The encoder's measures.
     *
     * @param width channels of each level, a multiple of 4 and of {@code heads}
     * @param layers of attention between the pixels of stride 32, at least 0
     * @param heads of attention
     * @param feedForward channels between the two linear layers of each layer
     * @param expansion channels inside the layers that merge levels, as a share of {@code width}
     */
    public record Encoder(int width, int layers, int heads, int feedForward, double expansion) {
        /** Checks the ranges. */
        public Encoder {
            requireHeads("encoder", width, heads);
            if (width % 4 != 0) {
                throw new ParfocalException("model.encoder.width must be a multiple of 4, but is " + width);
            }
            if (layers < 0 || feedForward < 1 || !(expansion * width >= 1) || expansion > 4) {
                throw new ParfocalException("model.encoder: layers must be at least 0 (is " + layers
                        + "), feedForward at least 1 (is " + feedForward + "), expansion above 0 and at most 4 (is "
                        + expansion + ")");
            }
        }
    }

    /**
     * The decoder's measures.
     *
     * @param width channels of queries, a multiple of {@code heads}
     * @param layers at least 1
     * @param heads of attention
     * @param feedForward channels between the two linear layers of each layer
     * @param points that each head looks at on each level
     * @param queries how many objects it can find in an image
     */
    public record Decoder(int width, int layers, int heads, int feedForward, int points, int queries) {
        /** Checks the ranges. */
        public Decoder {
            requireHeads("decoder", width, heads);
            if (layers < 1 || feedForward < 1 || points < 1 || queries < 1) {
                throw new ParfocalException("model.decoder: layers (" + layers + "), feedForward (" + feedForward
                        + "), points (" + points + ") and queries (" + queries + ") must be at least 1");
            }
        }
    }

    /**
     * Contrastive denoising: groups of queries that start from the objects, one half near them to find them again, the
     * other half farther off to learn that they are none; Zhang et al., DINO, arXiv 2203.03605.
     *
     * @param queries about how many there are, at least 1: {@code queries} by the largest number of objects of an image is
     *     the number of groups, and each group has twice as many queries as that image has objects
     * @param labelNoise the share of queries whose class is drawn anew, times 2, in [0, 1]
     * @param boxNoise how far corners move at most, in halves of the box's sides, at least 0; twice as far for the farther
     *     half
     */
    public record Denoising(int queries, double labelNoise, double boxNoise) {
        /** Checks the ranges. */
        public Denoising {
            if (queries < 1 || !(labelNoise >= 0 && labelNoise <= 1) || !(boxNoise >= 0 && boxNoise <= 1)) {
                throw new ParfocalException("model.denoising: queries must be at least 1 (is " + queries
                        + "), labelNoise in [0, 1] (is " + labelNoise + "), boxNoise in [0, 1] (is " + boxNoise
                        + "); leave denoising out to have none");
            }
        }
    }

    /** Checks what depends on several of them. */
    public RtDetrConfig {
        if (input.width() % COARSEST != 0 || input.height() % COARSEST != 0) {
            throw new ParfocalException("model.input of rt_detr must be multiples of " + COARSEST + ", but is "
                    + input.width() + " x " + input.height());
        }
        boolean projected = backbone.layer() == ResidualLayer.BOTTLENECK;
        if (!projected && !backbone.widths().get(0).equals(backbone.stem())) {
            throw new ParfocalException("model.backbone: with basic layers the first width must be the stem's, "
                    + backbone.stem() + ", but is " + backbone.widths().get(0));
        }
    }

    private static void requireHeads(String part, int width, int heads) {
        if (width < 1 || heads < 1 || width % heads != 0) {
            throw new ParfocalException(
                    "model." + part + ": width must be a multiple of heads, but they are " + width + " and " + heads);
        }
    }

    @Override
    public String kind() {
        return "rt_detr";
    }

    @Override
    public List<OutputSpec> outputs() {
        List<OutputSpec> outputs = new ArrayList<>();
        for (String name : RtDetr.names(this)) {
            Map<String, Slot> slots = new LinkedHashMap<>();
            slots.put("classification", Slot.CLASSES);
            slots.put("box", Slot.BOXES);
            slots.put("coordinates", Slot.BOXES);
            outputs.add(new OutputSpec(
                    name,
                    Priors.Kind.QUERIES,
                    slots,
                    1,
                    OutputSpec.Columns.CLASSES,
                    Scoring.PLAIN,
                    name.startsWith(RtDetr.DENOISING)));
        }
        return outputs;
    }

    /** An object for each query. */
    @Override
    public OptionalInt capacity() {
        return OptionalInt.of(decoder.queries());
    }

    /** The numbers of heads and queries leave no trace in the weights. */
    @Override
    public Map<String, Object> measures(TensorShapes weights) {
        return RtDetrMeasures.of(weights, decoder.heads());
    }

    @Override
    public Network network(Layers layers, Start start) {
        return new RtDetr(layers, this, start);
    }
}
