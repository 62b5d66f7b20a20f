package dev.parfocal.training.model;

import dev.parfocal.training.engine.Tensor;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model makes of a batch of images.
 *
 * @param outputs each under its own name; detections are made from the last
 * @param branches numbers of whole images {@code [batch, numbers]} by their branch's name, row-major
 * @param shared what all of them were computed from
 */
public record Prediction(List<Output> outputs, Map<String, Tensor> branches, Shared shared) {

    /** Of outputs alone. */
    public Prediction(Output... outputs) {
        this(List.of(outputs), Map.of(), Shared.NOTHING);
    }

    /** An output by its name; empty if this batch has none, as of denoising without objects. */
    public Optional<Output> find(String name) {
        return outputs.stream().filter(output -> output.name().equals(name)).findFirst();
    }

    /** An output by its name. */
    public Output output(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("the model has no output " + name));
    }

    /** The output that detections are made from. */
    public Output result() {
        return outputs.get(outputs.size() - 1);
    }

    /** A number of whole images. */
    public Tensor branch(String name) {
        Tensor numbers = branches.get(name);
        if (numbers == null) {
            throw new IllegalArgumentException("the model was built without the branch " + name);
        }
        return numbers;
    }

    /** The same with the weights that lie between the shared features and the outputs. */
    Prediction behind(List<Tensor> weights) {
        return new Prediction(outputs, branches, new Shared(shared.features(), weights, shared.places()));
    }
}
