package dev.parfocal.training.config;

import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.detr.RtDetrConfig;
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

    private Models() {}
}
