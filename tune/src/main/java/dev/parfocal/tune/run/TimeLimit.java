package dev.parfocal.tune.run;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How long a trial may take. */
public final class TimeLimit {

    /** As long as it needs. */
    public static final TimeLimit NONE = new TimeLimit(Optional.empty());

    private final Optional<Duration> limit;

    private TimeLimit(Optional<Duration> limit) {
        this.limit = limit;
    }

    /** A positive time. */
    public static TimeLimit of(Duration limit) {
        return new TimeLimit(Optional.of(limit));
    }

    /**
     * Starts the clock of a trial.
     *
     * @param stop called once if the time is over before the clock is closed; on any thread, never after closing
     */
    public Clock start(Runnable stop) {
        Clock clock = new Clock();
        limit.ifPresent(time -> clock.alarm = CompletableFuture.runAsync(
                () -> clock.ring(stop), CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS)));
        return clock;
    }

    /** The clock of one trial. */
    public final class Clock implements AutoCloseable {
        private @Nullable CompletableFuture<Void> alarm;
        private boolean over;
        private boolean closed;

        private Clock() {}

        private synchronized void ring(Runnable stop) {
            if (!closed) {
                over = true;
                stop.run();
            }
        }

        /** What counts of how a trial ended: one that was stopped because its time was over has failed. */
        public synchronized Outcome judged(Outcome outcome) {
            boolean cut = outcome.kind() == Outcome.Kind.STOPPED || outcome.kind() == Outcome.Kind.FAILED;
            return over && cut ? Outcome.failed("took longer than " + shown()) : outcome;
        }

        @Override
        public synchronized void close() {
            closed = true;
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    /** As the command line takes it: {@code 1h30m}. */
    private String shown() {
        return limit.map(time -> time.toString().substring(2).toLowerCase(Locale.ROOT))
                .orElse("");
    }
}
