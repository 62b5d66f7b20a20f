package dev.parfocal.cli.tune;

import dev.parfocal.cli.text.Durations;
import dev.parfocal.tune.run.StudyRun;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.io.PrintWriter;
import java.time.Duration;

/** Shows a line for every trial that ends. */
public final class TuneProgress implements StudyRun.Listener {

    private final PrintWriter out;
    private final int trials;

    /** Says first what is being searched, and where it goes on. */
    public TuneProgress(PrintWriter out, int trials, History before) {
        this.out = out;
        this.trials = trials;
        out.println("searching " + before.space());
        long done = before.ended().size();
        if (done > 0) {
            out.println("going on: " + done + " of " + trials + " trials are done");
        }
    }

    @Override
    public void began(Trial trial) {
        if (!trial.reports().isEmpty()) {
            out.println("trial " + trial.number() + " goes on where it was stopped");
        }
    }

    @Override
    public void ended(History history, Trial trial) {
        String best = history.best()
                .map(each -> "; best " + TuneReport.value(history, each, 0) + " (trial " + each.number() + ")")
                .orElse("");
        out.println("trial " + trial.number() + " of " + trials + ": " + TuneReport.result(history, trial) + " in "
                + seconds(trial) + ", " + TuneReport.settings(history, trial)
                + (trial.state() == State.FAILED ? "" : best));
        out.flush();
    }

    private static String seconds(Trial trial) {
        return Durations.shown(Duration.ofMillis((long) (1000 * trial.seconds())));
    }
}
