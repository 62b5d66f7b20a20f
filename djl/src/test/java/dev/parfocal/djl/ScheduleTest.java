package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.schedule.Schedule;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A loss's parameters over the steps of a training. */
class ScheduleTest {

    private static final Shape SHAPE = new Shape(2, 60, 4);

    private final ParfocalLoss focal = ParfocalLoss.of(Catalogue.get("focal"));

    @Test
    void eachStepHasItsValue() {
        StepCounter counter = new StepCounter(5);
        ParfocalLoss scheduled = focal.withSchedule("gamma", Schedule.parse("linear 0 to 2"), counter);
        float[] logits = Engines.uniform(new Random(1), 480, -5, 5);
        Engines.withManager(manager -> {
            NDList labels = new NDList(manager.zeros(SHAPE));
            for (double gamma : new double[] {0, 0.5, 1, 1.5, 2, 2}) {
                Engines.Pass expected = Engines.pass(focal.withArgument("gamma", gamma), labels, logits, SHAPE);
                Engines.Pass pass = Engines.pass(scheduled, labels, logits, SHAPE);
                assertThat(pass.value()).isEqualTo(expected.value());
                assertThat(pass.gradient()).isEqualTo(expected.gradient());
                counter.onTrainingBatch(null, null);
            }
        });
        assertThat(counter.step()).isEqualTo(6);
        counter.set(2);
        assertThat(counter.step()).isEqualTo(2);
    }

    @Test
    void badSchedulesAreRefusedAtOnce() {
        StepCounter counter = new StepCounter(10);
        ParfocalLoss one = focal.withSchedule("gamma", Schedule.constant(1), counter);
        assertThatThrownBy(() -> one.withSchedule("gamma", Schedule.constant(2), counter))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("two schedules");
        assertThatThrownBy(() -> one.withSchedule("alpha", Schedule.constant(2), counter))
                .hasMessageContaining("outside its range");
        assertThatThrownBy(() -> one.withSchedule("alpha", Schedule.constant(0.5), new StepCounter(10)))
                .hasMessageContaining("one counter");
        assertThatThrownBy(() -> new StepCounter(0)).hasMessageContaining("1 step or more");
    }
}
