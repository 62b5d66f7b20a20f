package dev.parfocal.tune.study;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Map;

/** A line of a journal. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @Type(value = Event.Started.class, name = "study"),
    @Type(value = Event.Joined.class, name = "worker"),
    @Type(value = Event.Asked.class, name = "ask"),
    @Type(value = Event.Adopted.class, name = "adopt"),
    @Type(value = Event.Reported.class, name = "report"),
    @Type(value = Event.Told.class, name = "tell"),
    @Type(value = Event.Pruned.class, name = "prune"),
    @Type(value = Event.Failed.class, name = "fail")
})
sealed interface Event {

    /** The first line: what the study is. */
    record Started(int version, Map<String, String> definition) implements Event {}

    /** A program takes part; it is alive as long as it holds the lock of its number. */
    record Joined(int worker) implements Event {}

    /** A trial begins. */
    record Asked(int trial, int worker, Map<String, String> point, Map<String, String> notes) implements Event {}

    /** A trial whose worker died begins again. */
    record Adopted(int trial, int worker) implements Event {}

    /** An intermediate value. */
    record Reported(int trial, int step, double value) implements Event {}

    /** A trial ended with metrics. */
    record Told(int trial, Map<String, Double> metrics, double seconds) implements Event {}

    /** A trial was given up. */
    record Pruned(int trial, double seconds) implements Event {}

    /** A trial ended without metrics. */
    record Failed(int trial, String reason, double seconds) implements Event {}
}
