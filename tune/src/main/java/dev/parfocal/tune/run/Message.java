package dev.parfocal.tune.run;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** A line that the process of a trial writes. Its other lines are talk. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "trial")
@JsonSubTypes({@Type(value = Message.Reported.class, name = "report"), @Type(value = Message.Ended.class, name = "end")
})
sealed interface Message {
    /** What such a line starts with. */
    String PREFIX = "{\"trial\":";

    /** What the process is answered to a report. */
    String GO = "go";

    /** What it is answered if it is to give up. */
    String STOP = "stop";

    /** An intermediate value. */
    record Reported(int step, double value) implements Message {}

    /** The end. */
    record Ended(Outcome outcome) implements Message {}
}
