package dev.parfocal.tune.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Study;
import dev.parfocal.tune.study.Trial;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/** Keeps a place busy with a study's trials until all are done. */
public final class StudyRun implements Trials.Observer {

    private final Study study;
    private final Trials place;
    private final Listener listener;
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final Map<Integer, Long> started = new HashMap<>();
    private boolean stopped;

    private record Ended(int trial, Outcome outcome) {}

    /** Is told how a study goes on, on the thread that runs it. */
    public interface Listener {
        /** Does nothing. */
        Listener SILENT = new Listener() {};

        /** A trial begins, or goes on after its worker died. */
        default void began(Trial trial) {}

        /** A trial ended. */
        default void ended(History history, Trial trial) {}
    }

    private StudyRun(Study study, Trials place, Listener listener) {
        this.study = study;
        this.place = place;
        this.listener = listener;
    }

    /**
     * Runs a study until it has {@code most} trials, all ended, as far as this program's own go.
     *
     * @param stops asked between trials; when it says so, no new trial begins
     * @return whether the study came to its end; if not, trials were stopped and wait to be taken up again
     * @throws ParfocalException if the place turns out to be unusable; its trials wait likewise
     */
    public static boolean run(Study study, int most, Trials place, BooleanSupplier stops, Listener listener) {
        return new StudyRun(study, place, listener).run(most, stops);
    }

    private boolean run(int most, BooleanSupplier stops) {
        try {
            fill(most, stops);
            while (!started.isEmpty()) {
                end(ended.take());
                fill(most, stops);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
        return !stopped;
    }

    private void fill(int most, BooleanSupplier stops) {
        while (started.size() < place.slots()) {
            stopped |= stops.getAsBoolean();
            Optional<Trial> next = stopped ? Optional.empty() : study.ask(most);
            if (next.isEmpty()) {
                return;
            }
            Trial trial = next.get();
            started.put(trial.number(), System.nanoTime());
            listener.began(trial);
            place.start(new Job(trial.number(), study.history().space().shown(trial.point())), this);
        }
    }

    private void end(Ended end) {
        Long start = started.remove(end.trial());
        double seconds = start == null ? 0 : (System.nanoTime() - start) / 1e9;
        switch (end.outcome().kind()) {
            case DONE -> study.tell(end.trial(), end.outcome().metrics(), seconds);
            case PRUNED -> study.prune(end.trial(), seconds);
            case FAILED -> study.fail(end.trial(), end.outcome().reason(), seconds);
            case STOPPED -> {
                if (!end.outcome().reason().isEmpty()) {
                    throw new ParfocalException(end.outcome().reason());
                }
                stopped = true;
                return;
            }
        }
        History history = study.history();
        listener.ended(history, history.trials().get(end.trial()));
    }

    @Override
    public boolean reported(int trial, int step, double value) {
        return !study.report(trial, step, value);
    }

    @Override
    public void ended(int trial, Outcome outcome) {
        ended.add(new Ended(trial, outcome));
    }
}
