package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Prediction;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the model's outputs before the losses do. */
final class OutputScan {
    private static final int SIDES = 4;

    private final BatchNames names;
    private final Checksum bits;
    private @Nullable Finding finding;

    OutputScan(BatchNames names, Checksum bits) {
        this.names = names;
        this.bits = bits;
    }

    void look(Prediction prediction) {
        Tensor logits = prediction.logits().detach();
        Tensor sides = prediction.sides().detach();
        bits.add(logits);
        bits.add(sides);
        String broken = broken("logits", logits, names.logits())
                .or(() -> broken("sides", sides, names.sides(sides.size(2) / SIDES)))
                .orElse("");
        finding = new Finding(
                Stage.OUTPUT,
                broken.isEmpty(),
                broken.isEmpty() ? "logits to " + logits.largest() + ", sides to " + sides.largest() : broken);
    }

    private static Optional<String> broken(String what, Tensor numbers, Layout layout) {
        return NonFinite.in(Floats.of(numbers.bytes()))
                .map(found -> what + ": " + Autopsy.at(found, layout.place(found.first())));
    }

    /** Empty if the losses were not reached. */
    Optional<Finding> finding() {
        return Optional.ofNullable(finding);
    }
}
