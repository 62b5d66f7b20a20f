package dev.parfocal.training.guard;

import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.guard.Verdict.Layer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Looks at the output of every layer as it is computed. */
final class LayerWatch implements BiConsumer<String, Tensor> {
    private final BatchNames names;
    private final List<Layer> layers = new ArrayList<>();
    private String first = "";

    LayerWatch(BatchNames names) {
        this.names = names;
    }

    @Override
    public void accept(String layer, Tensor output) {
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
