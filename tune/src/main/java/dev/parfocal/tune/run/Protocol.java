package dev.parfocal.tune.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What whoever runs a trial's process says to it and hears from it: the other end of {@link TrialProcess}. */
public final class Protocol {

    /** What a line of the process starts with if it is a message; its other lines are talk. */
    public static final String PREFIX = Message.PREFIX;

    /** The answer to a report if the trial is to go on. */
    public static final String GO = Message.GO;

    /** The answer to a report if the trial is to be given up. */
    public static final String STOP = Message.STOP;

    private static final JsonMapper JSON = new JsonMapper();

    private Protocol() {}

    /** The line that tells a process what to do. */
    public static String written(Job job) {
        return JSON.writeValueAsString(job);
    }

    /** Hears a line; returns what to answer, or an empty text if it wants no answer. */
    public static String answer(String line, int trial, Trials.Observer observer) {
        if (message(line) instanceof Message.Reported report) {
            return observer.reported(trial, report.step(), report.value()) ? GO : STOP;
        }
        return "";
    }

    /** How the trial ended, if the line tells it. */
    public static Optional<Outcome> end(String line) {
        return message(line) instanceof Message.Ended ended ? Optional.of(ended.outcome()) : Optional.empty();
    }

    private static @Nullable Message message(String line) {
        try {
            return line.startsWith(PREFIX) ? JSON.readValue(line, Message.class) : null;
        } catch (JacksonException e) {
            // The last words of a process that is being killed.
            return null;
        }
    }
}
