package dev.parfocal.training.guard;

import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.training.engine.KeptGradient;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.guard.Verdict.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Looks at the output of every layer as it is computed, and at the gradient by it when the backward pass is done. */
final class LayerWatch implements BiConsumer<String, Tensor> {
    private final BatchNames names;
    private final List<Layer> layers = new ArrayList<>();
    private final List<Passed> passed = new ArrayList<>();
    private String first = "";
    private String gradient = "";

    LayerWatch(BatchNames names) {
        this.names = names;
    }

    /** A layer's output; one layer may serve several levels. */
    private record Passed(String layer, KeptGradient gradient) {}

    @Override
    public void accept(String layer, Tensor output) {
        passed.add(new Passed(layer, KeptGradient.of(output)));
        Tensor numbers = output.detach().float32();
        if (first.isEmpty() && !numbers.isFinite()) {
            Optional<NonFinite> found = NonFinite.in(Floats.of(numbers.toArray()));
            first = "the output of layer " + layer + ": "
                    + Autopsy.at(
                            found.orElseThrow(),
                            names.layer(output).place(found.get().first())) + before();
        }
        layers.add(new Layer(layer, numbers.largest()));
    }

    private String before() {
        Layer largest = largest();
        return largest == null
                ? ""
                : "; the largest number before it is " + largest.largest() + ", in " + largest.name();
    }

    private @org.jspecify.annotations.Nullable Layer largest() {
        return layers.stream()
                .max((a, b) -> Float.compare(a.largest(), b.largest()))
                .orElse(null);
    }

    /** The backward pass is done: says where it comes from that gradients are not finite, and lets the outputs go. */
    void backward() {
        float largest = 0;
        String steepest = "";
        for (int i = passed.size() - 1; i >= 0 && gradient.isEmpty(); i--) {
            Tensor numbers = passed.get(i).gradient().value().orElse(null);
            if (numbers != null && !numbers.isFinite()) {
                NonFinite found = NonFinite.in(Floats.of(numbers.toArray())).orElseThrow();
                gradient = "The backward pass made it: the gradient by the output of layer " + place(i) + " is "
                        + Autopsy.at(found, names.layer(numbers).place(found.first()))
                        + "; those by the outputs of the layers after it are finite";
            } else if (numbers != null && numbers.largest() > largest) {
                largest = numbers.largest();
                steepest = " (to " + largest + ", by that of " + place(i) + ")";
            }
        }
        if (gradient.isEmpty()) {
            gradient =
                    "The backward pass made it within the layer: the gradients by the outputs of all layers are finite"
                            + steepest;
        }
        passed.clear();
    }

    /** The layer, and its level if it serves several, one after the other. */
    private String place(int number) {
        String layer = passed.get(number).layer();
        long all = passed.stream().filter(p -> p.layer().equals(layer)).count();
        long before = passed.subList(0, number).stream()
                .filter(p -> p.layer().equals(layer))
                .count();
        return layer + (all > 1 ? " on level " + before : "");
    }

    /** Where gradients stop being finite, in a sentence; empty before {@link #backward}. */
    String gradient() {
        return gradient;
    }

    /** What each layer gave so far. */
    List<Layer> layers() {
        return layers;
    }

    Finding finding() {
        Layer largest = largest();
        String fine = layers.size() + " layers"
                + (largest == null ? "" : ", the largest number is " + largest.largest() + ", in " + largest.name());
        return new Finding(Stage.FORWARD, first.isEmpty(), first.isEmpty() ? fine : first);
    }
}
