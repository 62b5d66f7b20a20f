package dev.parfocal.training.config;

import dev.parfocal.training.classes.ClassWeights;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.BalanceConfig;
import dev.parfocal.training.criterion.GainConfig;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.LossConfig;
import dev.parfocal.training.criterion.SamplerConfig;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.detr.RtDetrConfig;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.family.FcosConfig;
import dev.parfocal.training.family.NanoDetConfig;
import dev.parfocal.training.family.RetinaNetConfig;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.optim.ClipConfig;
import dev.parfocal.training.optim.OptimizerConfig;
import dev.parfocal.training.optim.RateSchedule;
import dev.parfocal.training.roi.FasterRcnnConfig;
import dev.parfocal.training.task.QualityConfig;
import dev.parfocal.training.task.TaskLoss;
import dev.parfocal.training.task.TasksConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the configuration of a run may say. */
final class RunSchema {
    private static final String ONLY = OutputSpec.ONLY;
    private static final String ANY = "*";

    /** What a loss starts from that is set in a slot without one. */
    private static final Map<String, LossComponent> STARTS = Map.of(
            "distribution", LossComponent.of("distribution_focal", 0.5),
            "box", LossComponent.of("giou", 2),
            "l1", LossComponent.of("l1", 1),
            "coordinates", LossComponent.of("l1", 1),
            "objectness", LossComponent.of("bce", 1));

    static final Schema<RunConfig> SCHEMA = Schema.of(RunConfig.class, RunConfig.DEFAULT)
            .kinds(AssignerConfig.class, AssignerConfig::kind, AssignerConfig.KINDS)
            .kinds(ModelConfig.class, ModelConfig::kind, Models.KINDS)
            .kinds(Norm.class, Norm::kind, Models.NORMS)
            .kinds(OptimizerConfig.class, OptimizerConfig::kind, OptimizerConfig.KINDS)
            .kinds(RateSchedule.class, RateSchedule::kind, RateSchedule.KINDS)
            .kinds(GainConfig.class, GainConfig::kind, GainConfig.KINDS)
            .kinds(BalanceConfig.class, BalanceConfig::kind, BalanceConfig.KINDS)
            .optional(RunConfig.class, "weights")
            .optional(DataConfig.class, "path", "train", "val")
            .optional(AssignerConfig.Atss.class, "scale")
            .optional(DetectConfig.class, "perLevel", "smallest", "overlap")
            .optional(ReadingConfig.class, "cache")
            .section(AugmentConfig.class, "mosaic", MosaicConfig.DEFAULT)
            .section(AugmentConfig.class, "mixup", MixupConfig.DEFAULT)
            .optional(RtDetrConfig.class, "denoising")
            .section(TasksConfig.class, "presence", TaskLoss.PRESENCE)
            .section(TasksConfig.class, "count", TaskLoss.COUNT)
            .section(TasksConfig.class, "quality", QualityConfig.DEFAULT)
            .section(Supervision.class, "sampler", new SamplerConfig(256, 0.5))
            .optional(ClassWeights.class, "balanced")
            .section(LossComponent.class, "classWeights", ClassWeights.EQUAL)
            .belongs(LossComponent.class, "set", "loss")
            .belongs(LossComponent.class, "perClass", "loss")
            .belongs(TaskLoss.class, "set", "loss")
            .belongs(QualityConfig.class, "set", "loss")
            .beside(LossConfig.class, "outputs")
            .beside(Supervision.class, "losses")
            .beside(ClassWeights.class, "named")
            .entry(Supervision.class, RunSchema::ofPattern)
            .entry(LossComponent.class, (slot, others) -> STARTS.getOrDefault(slot, LossComponent.of("varifocal", 1)))
            .former(List.of(
                    new FormerSpelling.Moved(RunConfig.class, "assigner", "loss", "assigner"),
                    new FormerSpelling.Moved(LossConfig.class, "assigner", ONLY, "assigner"),
                    new FormerSpelling.Moved(LossConfig.class, "classification", ONLY, "classification"),
                    new FormerSpelling.Moved(LossConfig.class, "successor", ONLY, "successor"),
                    new FormerSpelling.Moved(LossConfig.class, "box", ONLY, "box"),
                    new FormerSpelling.Moved(LossConfig.class, "distribution", ONLY, "distribution"),
                    new FormerSpelling.Off(RunConfig.class, "ema", 0),
                    new FormerSpelling.Off(RunConfig.class, "threads", 0),
                    new FormerSpelling.Off(RunConfig.class, "evaluateEvery", 0),
                    new FormerSpelling.Empty(DataConfig.class, "path"),
                    new FormerSpelling.Empty(DataConfig.class, "train"),
                    new FormerSpelling.Empty(DataConfig.class, "val"),
                    new FormerSpelling.Off(QualityConfig.class, "exponent", 0),
                    new FormerSpelling.Renamed(GainConfig.class, "mode", "kind"),
                    new FormerSpelling.Whole(GainConfig.class, Set.of("share", "value")),
                    new FormerSpelling.Renamed(BalanceConfig.class, "method", "kind"),
                    new FormerSpelling.Whole(
                            BalanceConfig.class,
                            Set.of("floor", "ceiling", "rate", "alpha", "period", "temperature", "c")),
                    new FormerSpelling.Whole(
                            RateSchedule.class, Set.of("start", "end", "power", "milestones", "factor")),
                    new FormerSpelling.Renamed(OptimizerConfig.AdamW.class, "momentum", "beta1"),
                    new FormerSpelling.Moved(OptimizerConfig.class, "clipValue", "clip", "value"),
                    new FormerSpelling.Moved(OptimizerConfig.class, "clipRatio", "clip", "ratio"),
                    new FormerSpelling.Moved(OptimizerConfig.class, "clipFloor", "clip", "floor"),
                    new FormerSpelling.Moved(OptimizerConfig.class, "clipNorm", "clip", "norm"),
                    new FormerSpelling.Off(ClipConfig.class, "value", 0),
                    new FormerSpelling.Off(ClipConfig.class, "ratio", 0),
                    new FormerSpelling.Off(ClipConfig.class, "norm", 0),
                    new FormerSpelling.Off(DenseConfig.class, "regMax", 0),
                    new FormerSpelling.Alone(DenseConfig.class, "neck", "width"),
                    new FormerSpelling.Alone(RetinaNetConfig.class, "neck", "width"),
                    new FormerSpelling.Alone(FcosConfig.class, "neck", "width"),
                    new FormerSpelling.Alone(FasterRcnnConfig.class, "neck", "width"),
                    new FormerSpelling.Alone(NanoDetConfig.class, "neck", "width"),
                    new FormerSpelling.Whole(AssignerConfig.class, Set.of("topK", "alpha", "beta", "minIou"))));

    private RunSchema() {}

    /** An output starts from the pattern that it fits. A detector with a single output has no other. */
    private static @Nullable Object ofPattern(String output, ObjectNode others) {
        if (others.has(ONLY)) {
            return null;
        }
        return others.propertyNames().stream()
                .filter(key -> key.endsWith(ANY) && output.startsWith(key.substring(0, key.length() - 1)))
                .findFirst()
                .map(others::get)
                .map(Object.class::cast)
                .orElseGet(() -> new Supervision(AssignerConfig.DEFAULT, null, Map.of()));
    }
}
