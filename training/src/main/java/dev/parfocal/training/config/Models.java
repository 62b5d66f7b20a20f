package dev.parfocal.training.config;

import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.detr.RtDetrConfig;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.family.FcosConfig;
import dev.parfocal.training.family.NanoDetConfig;
import dev.parfocal.training.family.RetinaNetConfig;
import dev.parfocal.training.model.ModelConfig;
import java.util.List;

/** The families of detectors. */
public final class Models {
    /** Each with its default measures. */
    public static final List<ModelConfig> KINDS = List.of(
            DenseConfig.DEFAULT,
            RetinaNetConfig.DEFAULT,
            FcosConfig.DEFAULT,
            NanoDetConfig.DEFAULT,
            RtDetrConfig.DEFAULT);

    /** The normalisations, each with published constants. */
    static final List<Norm> NORMS = List.of(Norm.Batch.PYTORCH, Norm.Frozen.PYTORCH, Norm.Group.OF_32, new Norm.None());

    private Models() {}
}
