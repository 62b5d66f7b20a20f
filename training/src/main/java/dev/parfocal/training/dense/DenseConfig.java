package dev.parfocal.training.dense;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.block.Activation;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.DistanceCode;
import dev.parfocal.training.box.DistributionCode;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Normalization;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.neck.NeckConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The detector's measures.
 *
 * @param widths channels after each halving of the image: of the stem at stride 2, then of the stages at strides 4, 8,
 *     16 and 32
 * @param neck the feature pyramid on strides 8, 16 and 32
 * @param tower 3×3 layers in each branch of the head, shared by the levels, 0 to 4
 * @param regMax boxes as distributions over regMax + 1 bins of one stride each, 1 to 64; null: plain distances
 * @param normalization over the batch or over groups of channels
 * @param activation non-linearity everywhere
 * @param precision of the forward pass in training; a trained detector is used in float32
 * @param init how its weights start
 * @param input width and height that images are fitted to
 */
public record DenseConfig(
        List<Integer> widths,
        NeckConfig neck,
        int tower,
        @Nullable Integer regMax,
        Normalization normalization,
        Activation activation,
        Precision precision,
        InitConfig init,
        InputSize input)
        implements ModelConfig {

    /** The name of its only output. */
    public static final String OUTPUT = OutputSpec.ONLY;

    /** Strides of the feature pyramid's levels. */
    public static final List<Integer> STRIDES = List.of(8, 16, 32);

    /** A small detector of 0.7 million parameters for images of 320 × 240. */
    public static final DenseConfig DEFAULT = new DenseConfig(
            List.of(16, 32, 64, 96, 128),
            NeckConfig.of(64),
            1,
            16,
            Normalization.BATCH,
            Activation.RELU,
            Precision.FLOAT32,
            InitConfig.DEFAULT,
            new InputSize(320, 240));

    /** Checks the ranges. */
    public DenseConfig {
        if (widths.size() != 5 || widths.stream().anyMatch(w -> w < 1)) {
            throw new ParfocalException("model.widths must be five positive numbers, but is " + widths);
        }
        if (tower < 0 || tower > 4) {
            throw new ParfocalException("model.tower must be 0 to 4, but is " + tower);
        }
        if (regMax != null && (regMax < 1 || regMax > 64)) {
            throw new ParfocalException("model.regMax must be 1 to 64, or null for plain distances, but is " + regMax);
        }
        neck.requireLevels(STRIDES);
        widths = List.copyOf(widths);
    }

    /** Values that the head predicts per side of a box. */
    public int bins() {
        return regMax == null ? 1 : regMax + 1;
    }

    /** What the numbers for boxes mean. */
    BoxCode code() {
        return regMax == null ? new DistanceCode() : new DistributionCode(regMax);
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public boolean takesBranches() {
        return true;
    }

    @Override
    public List<OutputSpec> outputs() {
        Map<String, Slot> slots = OutputSpec.usualSlots("distribution", Slot.BINS);
        return List.of(new OutputSpec(OUTPUT, Priors.Kind.CELLS, slots, bins()));
    }

    @Override
    public Network network(Layers layers, Start start) {
        return new DenseNetwork(layers, this, start);
    }
}
