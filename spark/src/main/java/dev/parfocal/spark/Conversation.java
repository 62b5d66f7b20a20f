package dev.parfocal.spark;

import dev.parfocal.tune.run.Outcome;
import dev.parfocal.tune.run.Protocol;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.run.Trials.Observer;
import org.jspecify.annotations.Nullable;

/** The driver's side of one trial: hears its latest attempt, and only that one, and limits the time of each. */
final class Conversation implements AutoCloseable {
    private static final long NOBODY = -1;

    private final int trial;
    private final Observer observer;
    private final TimeLimit limit;
    private final Runnable cancel;
    private long latest = NOBODY;
    private boolean stopped;
    private TimeLimit.@Nullable Clock clock;

    /** {@code cancel} is called when an attempt's time is over. */
    Conversation(int trial, Observer observer, TimeLimit limit, Runnable cancel) {
        this.trial = trial;
        this.observer = observer;
        this.limit = limit;
        this.cancel = cancel;
    }

    /** Returns the answer to an attempt: {@link Protocol#STOP} if a later one has begun. */
    synchronized String heard(Word word) {
        if (word.attempt() < latest) {
            return Protocol.STOP;
        }
        if (word.attempt() > latest) {
            latest = word.attempt();
            stopped = false;
            close();
            clock = limit.start(cancel);
        }
        if (word.line().isEmpty()) {
            return Protocol.GO;
        }
        stopped = word.line().equals(Word.STOPPED)
                || Protocol.end(word.line())
                        .filter(end -> end.kind() == Outcome.Kind.STOPPED)
                        .isPresent();
        return stopped ? Word.AGAIN : Protocol.answer(word.line(), trial, observer);
    }

    /** What counts of how the trial ended: one whose last attempt others stopped has not failed. */
    synchronized Outcome judged(Outcome outcome) {
        Outcome fair = stopped && outcome.kind() == Outcome.Kind.FAILED ? Outcome.stopped() : outcome;
        return clock == null ? fair : clock.judged(fair);
    }

    /** Stops the clock. */
    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.close();
        }
    }
}
