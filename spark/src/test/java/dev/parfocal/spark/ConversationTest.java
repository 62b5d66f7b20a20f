package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.tune.run.Outcome;
import dev.parfocal.tune.run.Protocol;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.run.Trials;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An executor may be thought lost and live: then two attempts speak. */
class ConversationTest {
    private static final String REPORT = "{\"trial\":\"report\",\"step\":1,\"value\":0.5}";
    private static final String STOPPED =
            "{\"trial\":\"end\",\"outcome\":{\"kind\":\"STOPPED\",\"metrics\":{},\"reason\":\"\"}}";

    private final List<Double> reports = new ArrayList<>();
    private final Conversation conversation = new Conversation(
            0,
            new Trials.Observer() {
                @Override
                public boolean reported(int trial, int step, double value) {
                    reports.add(value);
                    return true;
                }

                @Override
                public void ended(int trial, Outcome outcome) {
                    throw new AssertionError("the end is the task's result");
                }
            },
            TimeLimit.NONE,
            () -> {});

    private String say(long attempt, String line) {
        return conversation.heard(new Word("desk", 0, attempt, line));
    }

    @Test
    void onlyTheLatestAttemptIsHeard() {
        assertThat(say(4, "")).isEqualTo(Protocol.GO);
        assertThat(say(4, REPORT)).isEqualTo(Protocol.GO);
        assertThat(say(9, "")).isEqualTo(Protocol.GO);
        assertThat(say(4, REPORT)).isEqualTo(Protocol.STOP);
        assertThat(say(4, "")).isEqualTo(Protocol.STOP);
        assertThat(say(9, REPORT)).isEqualTo(Protocol.GO);
        assertThat(reports).containsExactly(0.5, 0.5);
    }

    @Test
    void anEndWantsNoAnswerButIfItIsNone() {
        say(4, "");
        assertThat(say(4, STOPPED.replace("STOPPED", "DONE"))).isEmpty();
        assertThat(say(4, STOPPED)).isEqualTo(Word.AGAIN);
    }

    /** When Spark has no attempts left. */
    @Test
    void aTrialWhoseLastAttemptOthersStoppedHasNotFailed() {
        Outcome failure = Outcome.failed("Spark gave it up");
        say(4, "");
        assertThat(conversation.judged(failure)).isEqualTo(failure);
        say(4, Word.STOPPED);
        assertThat(conversation.judged(failure)).isEqualTo(Outcome.stopped());
        say(5, "");
        assertThat(conversation.judged(failure)).isEqualTo(failure);
    }
}
