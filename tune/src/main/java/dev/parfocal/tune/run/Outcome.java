package dev.parfocal.tune.run;

import java.util.Map;

/**
 * How a trial ended.
 *
 * @param metrics what it achieved; empty unless done
 * @param reason why it failed, or why nothing can run in this place; else empty
 */
public record Outcome(Kind kind, Map<String, Double> metrics, String reason) {

    /** Ways to end. */
    public enum Kind {
        /** With metrics. */
        DONE,
        /** Given up because progress said so. */
        PRUNED,
        /** Without metrics. */
        FAILED,
        /** From outside; it is not over, and whoever goes on with the study takes it up again. */
        STOPPED
    }

    public static Outcome done(Map<String, Double> metrics) {
        return new Outcome(Kind.DONE, Map.copyOf(metrics), "");
    }

    public static Outcome pruned() {
        return new Outcome(Kind.PRUNED, Map.of(), "");
    }

    public static Outcome failed(String reason) {
        return new Outcome(Kind.FAILED, Map.of(), reason);
    }

    public static Outcome stopped() {
        return new Outcome(Kind.STOPPED, Map.of(), "");
    }

    /** Stopped because the place can run nothing: the next trial would fare the same. */
    public static Outcome unusable(String reason) {
        return new Outcome(Kind.STOPPED, Map.of(), reason);
    }
}
