package dev.parfocal.training.model;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.engine.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One place of a model at which it says what is where: the head of a single-stage detector, the region proposal network or
 * the region head of a two-stage one, a layer of a decoder. A row is a prior of the batch.
 *
 * @param name by which losses, reports and settings call it
 * @param priors what the boxes start from
 * @param logits {@code [rows, classes]} or {@code [batch, priors, classes]}, row-major
 * @param boxes {@code [rows, code.length()]} likewise
 * @param code what the boxes' numbers mean
 * @param branches further numbers of each row by name, row-major
 * @param given what each image's priors have to learn if the model itself has settled it, as denoising does; null: the
 *     assigner decides
 */
public record Output(
        String name,
        PriorBatch priors,
        Tensor logits,
        Tensor boxes,
        BoxCode code,
        Map<String, Tensor> branches,
        @Nullable List<Assignment> given) {

    /** An output whose priors the assigner gives to objects, without branches. */
    public Output(String name, PriorBatch priors, Tensor logits, Tensor boxes, BoxCode code) {
        this(name, priors, logits, boxes, code, Map.of(), null);
    }

    /** Columns of the logits. */
    public int classes() {
        return logits.size(logits.shape().length - 1);
    }

    /** A further output of each row. */
    public Tensor branch(String branch) {
        Tensor numbers = branches.get(branch);
        if (numbers == null) {
            throw new IllegalArgumentException("the output " + name + " has no branch " + branch);
        }
        return numbers;
    }

    /** The same with the assignment settled. */
    public Output given(List<Assignment> assignments) {
        return new Output(name, priors, logits, boxes, code, branches, assignments);
    }
}
