package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks at the model's outputs before the losses do. */
final class OutputScan {
    private final BatchNames names;
    private final Checksum bits;
    private final ModelConfig model;
    private final Map<String, RowNames> rows = new LinkedHashMap<>();
    private @Nullable Finding finding;

    OutputScan(BatchNames names, ModelConfig model, Checksum bits) {
        this.names = names;
        this.model = model;
        this.bits = bits;
    }

    void look(Prediction prediction) {
        List<String> fine = new ArrayList<>();
        Optional<String> broken = Optional.empty();
        for (Output output : prediction.outputs()) {
            Tensor logits = output.logits().detach();
            Tensor boxes = output.boxes().detach();
            bits.add(logits);
            bits.add(boxes);
            String prefix = prediction.outputs().size() == 1 ? "" : output.name() + ": ";
            RowNames own = new RowNames(names, output.priors(), model.output(output.name()));
            rows.put(output.name(), own);
            broken = broken.or(() -> broken(prefix + "logits", logits, own.logits(output.classes())))
                    .or(() -> broken(prefix + "sides", boxes, own.boxes(output.code())));
            fine.add(prefix + "logits to " + logits.largest() + ", sides to " + boxes.largest());
        }
        finding = new Finding(Stage.OUTPUT, broken.isEmpty(), broken.orElse(String.join("; ", fine)));
    }

    private static Optional<String> broken(String what, Tensor numbers, Layout layout) {
        return NonFinite.in(numbers.onHost().numbers())
                .map(found -> what + ": " + Autopsy.at(found, layout.place(found.first())));
    }

    /** What the rows of each output that was looked at are called, by the output's name. */
    Map<String, RowNames> rows() {
        return rows;
    }

    /** Empty if the losses were not reached. */
    Optional<Finding> finding() {
        return Optional.ofNullable(finding);
    }
}
