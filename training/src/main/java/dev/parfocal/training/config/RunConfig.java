package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.training.classes.ClassCounts;
import dev.parfocal.training.criterion.AssignerConfig;
import dev.parfocal.training.criterion.BalanceConfig;
import dev.parfocal.training.criterion.Criterion;
import dev.parfocal.training.criterion.LossComponent;
import dev.parfocal.training.criterion.LossConfig;
import dev.parfocal.training.criterion.Supervision;
import dev.parfocal.training.curriculum.CurriculumConfig;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.guard.GuardConfig;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.optim.OptimizerConfig;
import dev.parfocal.training.optim.RateSchedule;
import dev.parfocal.training.record.RecordConfig;
import dev.parfocal.training.task.TasksConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that decides what a training run computes. The same configuration, data and machine give the same bits.
 *
 * @param tasks beside detection
 * @param balance of the losses against each other
 * @param reading of training images
 * @param sampling of training images
 * @param curriculum what changes from step to step
 * @param ema decay of the average of weights that is evaluated and kept, in (0, 1); absent: the weights themselves
 * @param epochs passes over the training images, at least 1
 * @param batch images per step, at least 1
 * @param seed of initial weights, order of images and augmentation
 * @param threads of the engine, at least 1; absent: one per processor
 * @param guard what to do when numbers are not finite
 * @param evaluateEvery epochs between evaluations, at least 1; absent: only after the last
 * @param checkpointEvery epochs between checkpoints, at least 1
 * @param weights file of published weights that the run starts from; absent: none
 */
public record RunConfig(
        DataConfig data,
        ModelConfig model,
        LossConfig loss,
        TasksConfig tasks,
        BalanceConfig balance,
        OptimizerConfig optimizer,
        RateSchedule schedule,
        AugmentConfig augment,
        ReadingConfig reading,
        SamplingConfig sampling,
        CurriculumConfig curriculum,
        DetectConfig detect,
        GuardConfig guard,
        RecordConfig record,
        @Nullable Double ema,
        int epochs,
        int batch,
        long seed,
        @Nullable Integer threads,
        @Nullable Integer evaluateEvery,
        int checkpointEvery,
        @Nullable String weights) {

    private static final int MOST_THREADS = 512;

    /** Works on small data sets without a graphics card. */
    public static final RunConfig DEFAULT = new RunConfig(
            DataConfig.DEFAULT,
            DenseConfig.DEFAULT,
            LossConfig.DEFAULT,
            TasksConfig.NONE,
            BalanceConfig.DEFAULT,
            OptimizerConfig.DEFAULT,
            RateSchedule.DEFAULT,
            AugmentConfig.DEFAULT,
            ReadingConfig.DEFAULT,
            SamplingConfig.DEFAULT,
            CurriculumConfig.NONE,
            DetectConfig.DEFAULT,
            GuardConfig.DEFAULT,
            RecordConfig.DEFAULT,
            0.99,
            60,
            8,
            1,
            null,
            null,
            1,
            null);

    /** Checks the ranges. */
    public RunConfig {
        requireBranches(model, tasks);
        if (ema != null && !(ema > 0 && ema < 1)) {
            throw new ParfocalException("ema must be in (0, 1), but is " + ema + "; null: the weights themselves");
        }
        requireOne("epochs", epochs);
        requireOne("batch", batch);
        requireOne("threads", threads);
        requireOne("evaluateEvery", evaluateEvery);
        requireOne("checkpointEvery", checkpointEvery);
        if (threads != null && threads > MOST_THREADS) {
            throw new ParfocalException("threads must be at most " + MOST_THREADS + ", but is " + threads
                    + ": more than there are processors only wait for each other");
        }
    }

    private static void requireOne(String key, @Nullable Integer number) {
        if (number != null && number < 1) {
            throw new ParfocalException(key + " must be at least 1, but is " + number);
        }
    }

    /** Checks that the model can have the outputs of the tasks. */
    private static void requireBranches(ModelConfig model, TasksConfig tasks) {
        if (!model.takesBranches() && !tasks.names().isEmpty()) {
            throw new ParfocalException("tasks." + tasks.names().get(0) + ": the model " + model.kind()
                    + " has no outputs for further tasks; use --model dense, or leave the task out");
        }
    }

    /** The default configuration, to be changed. */
    public static Configuration<RunConfig> configuration() {
        return Configuration.of(RunSchema.SCHEMA);
    }

    /**
     * The same for a run on these classes: what losses say of single classes has a number for every class, and weights by count
     * are numbers.
     *
     * @throws ParfocalException if a class is named that is not there, or one without objects is to be weighed by count
     */
    public RunConfig settled(ClassCounts classes) {
        return change().withSection("loss", loss.settled(model, classes)).value();
    }

    /** This configuration, to be changed. */
    public Configuration<RunConfig> change() {
        return Configuration.of(RunSchema.SCHEMA, this);
    }

    /**
     * Reads a YAML file; what it does not name keeps its default.
     *
     * @throws ParfocalException if it cannot be read, or has an unknown key or a value that does not fit
     */
    public static RunConfig read(Path file) {
        return configuration().overlay(file).value();
    }

    /** The same from text; {@code origin} is what errors call it. */
    public static RunConfig parse(String yaml, String origin) {
        return configuration().overlay(yaml, origin).value();
    }

    /** The configuration as YAML, complete. */
    public String toYaml() {
        return change().yaml();
    }

    /**
     * All its losses with their parameters set, by component.
     *
     * @throws ParfocalException if one cannot be read, is not there, or is of the wrong kind
     */
    public Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>(Criterion.losses(supervision(), model));
        losses.putAll(tasks.losses());
        return losses;
    }

    /**
     * Checks that every output can be taught as this says, before anything is trained.
     *
     * @param classCount of the data
     * @throws ParfocalException if a loss is not of its slot's kind or cannot be read, or an assigner does not suit its output
     */
    public void requireTeachable(int classCount) {
        new Criterion(supervision(), loss.gain(), model, classCount);
    }

    /** The loss on the classes of the output that detections are made from. */
    public LossComponent classification() {
        return loss.result(model).classification();
    }

    /** The name of a component of that output: {@code box}, or {@code roi.box} where the model has several outputs. */
    public String component(String slot) {
        return loss.component(model, slot);
    }

    /** What gives the priors of that output to objects. */
    public AssignerConfig assigner() {
        return loss.result(model).assigner();
    }

    /** What teaches each output. */
    public Map<String, Supervision> supervision() {
        return loss.outputs();
    }

    /** Whether images with rare classes are shown more often than others, in all steps or in some. */
    public boolean repeatsRareImages() {
        return sampling.rare() > 0 || curriculum.schedules().containsKey("sampling.rare");
    }

    /** The number of the engine's threads, resolved. */
    public int resolvedThreads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }
}
