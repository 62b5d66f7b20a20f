package dev.parfocal.training.config;

import static java.util.Objects.requireNonNull;

import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.LossConfig;
import dev.parfocal.training.task.QualityConfig;
import dev.parfocal.training.task.TaskLoss;
import dev.parfocal.training.task.TasksConfig;

/** What the configuration of a run may say. */
final class RunSchema {
    static final Schema<RunConfig> SCHEMA = Schema.of(RunConfig.class, RunConfig.DEFAULT)
            .section(LossConfig.class, "distribution", requireNonNull(LossConfig.DEFAULT.distribution()))
            .section(LossConfig.class, "successor", LossConfig.DEFAULT.classification())
            .section(TasksConfig.class, "presence", TaskLoss.PRESENCE)
            .section(TasksConfig.class, "count", TaskLoss.COUNT)
            .section(TasksConfig.class, "quality", QualityConfig.DEFAULT)
            .belongs(LossComponent.class, "set", "loss")
            .belongs(TaskLoss.class, "set", "loss")
            .belongs(QualityConfig.class, "set", "loss");

    private RunSchema() {}
}
