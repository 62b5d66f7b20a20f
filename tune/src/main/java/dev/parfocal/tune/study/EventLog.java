package dev.parfocal.tune.study;

import java.util.List;
import java.util.function.Supplier;

/** Where a study's events are kept. */
interface EventLog extends AutoCloseable {

    /** Runs something while nobody else reads or writes. */
    <T> T alone(Supplier<T> task);

    /** The events since the last call. */
    List<Event> news();

    /** Adds an event; only while alone and with no news left. {@link #news} does not tell it to its author. */
    void append(Event event);

    /** Shows that a worker lives, until this log is closed or the program ends, however it ends. */
    void join(int worker);

    /** Whether a worker still lives, in whatever program. */
    boolean lives(int worker);

    @Override
    void close();

    /** Events of one program, gone with it. */
    final class InMemory implements EventLog {
        @Override
        public <T> T alone(Supplier<T> task) {
            return task.get();
        }

        @Override
        public List<Event> news() {
            return List.of();
        }

        @Override
        public void append(Event event) {
            // The author knows it, and there is nobody else.
        }

        @Override
        public void join(int worker) {
            // There is no other worker to tell.
        }

        @Override
        public boolean lives(int worker) {
            return true;
        }

        @Override
        public void close() {
            // Nothing to let go.
        }
    }
}
