package dev.parfocal.training.run;

import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.engine.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A copy of everything that a step changes until its result is known to be finite: all but the average of weights. */
final class Undo {
    private final TrainingState state;
    private final List<Tensor> live = new ArrayList<>();
    private final List<Tensor> copies = new ArrayList<>();
    private Map<String, String> notes = Map.of();

    Undo(TrainingState state) {
        this.state = state;
        Weights weights = state.model.weights();
        live.add(weights.trained());
        live.add(weights.statistics());
        live.addAll(state.optimizer.memory().values());
        live.forEach(tensor -> copies.add(Tensor.zeros(tensor.elements())));
    }

    /** Copies the state as it is now. */
    void remember() {
        copy(live, copies);
        notes = state.notes();
    }

    /** Brings the state back to what it was, and the gradients to 0. */
    void restore() {
        copy(copies, live);
        Scope.unrecorded(() -> {
            state.model.weights().gradients().fill(0);
        });
        state.restoreNotes(notes);
    }

    private static void copy(List<Tensor> from, List<Tensor> to) {
        Scope.unrecorded(() -> {
            for (int i = 0; i < from.size(); i++) {
                to.get(i).copyFrom(from.get(i));
            }
        });
    }
}
