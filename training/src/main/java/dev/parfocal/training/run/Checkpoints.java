package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.AtomicFile;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.guard.GuardConfig;
import dev.parfocal.training.guard.GuardConfig.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A run's checkpoints: the last, and for a run that rolls back the one before it, because the last one may be finite but past
 * saving already.
 */
final class Checkpoints {
    private final RunDirectory run;
    private final GuardConfig guard;

    Checkpoints(RunDirectory run, GuardConfig guard) {
        this.run = run;
        this.guard = guard;
    }

    /** Writes the state that a run which rolls back can always go back to. */
    void begin(TrainingState state) {
        if (guard.policy() == Policy.ROLLBACK && !Files.exists(run.checkpoint())) {
            write(state);
        }
    }

    /** Writes a checkpoint; its time counts as training. */
    void save(TrainingState state) {
        if (guard.policy() == Policy.ROLLBACK && Files.exists(run.checkpoint())) {
            keepLast();
        }
        state.recovery.again = false;
        write(state);
    }

    private void write(TrainingState state) {
        long start = System.nanoTime();
        state.toFile().write(run.checkpoint());
        state.seconds += (System.nanoTime() - start) / 1e9;
    }

    private void keepLast() {
        try {
            AtomicFile.write(run.earlierCheckpoint(), Files.readAllBytes(run.checkpoint()));
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + run.checkpoint() + ": " + e.getMessage());
        }
    }

    /** How a run that stopped can go on; empty if it has no checkpoint. */
    String advice() {
        return Files.exists(run.checkpoint())
                ? ". To go on from the last checkpoint: --resume --on-nan rollback, or skip"
                : "";
    }

    /** Goes back to the last checkpoint, or to the one before if that was tried already, with a lower learning rate. */
    void rollBack(TrainingState state) {
        Recovery now = state.recovery;
        boolean earlier = now.again && Files.exists(run.earlierCheckpoint());
        Path file = earlier ? run.earlierCheckpoint() : run.checkpoint();
        double factor = now.rateFactor * guard.factor();
        int rollbacks = now.rollbacks + 1;
        double seconds = state.seconds;
        state.restore(TensorFile.read(file));
        state.recovery.rateFactor = factor;
        state.recovery.rollbacks = rollbacks;
        state.recovery.again = true;
        state.seconds = seconds;
        // A run that is killed now and resumed must not try the old rate again.
        write(state);
    }
}
