package dev.parfocal.core.loss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.kernel.Floats;

/** What an evaluation yields, to be compared bit by bit. */
record Bits(Evaluation evaluation, float[] gradient, float[] values) {

    static Bits of(LossFunction function, Batches memory, Batch batch, Options options) {
        Floats gradient = memory.room(batch.predicted().length());
        Floats values = memory.room(batch.elements());
        Evaluation evaluation =
                function.evaluate(batch, options.withValues(values).withFixedState(), gradient);
        Floats again = memory.room(batch.predicted().length());
        assertThat(function.evaluate(batch, options.withFixedState(), again))
                .as("the sum does not depend on whether values are wanted")
                .isEqualTo(evaluation);
        assertThat(array(again)).isEqualTo(array(gradient));
        return new Bits(evaluation, array(gradient), array(values));
    }

    static float[] array(Floats floats) {
        float[] array = new float[floats.length()];
        floats.read(0, array, 0, array.length);
        return array;
    }

    void assertSame(Bits other) {
        assertThat(other.evaluation()).isEqualTo(evaluation);
        assertThat(other.gradient()).isEqualTo(gradient);
        assertThat(other.values()).isEqualTo(values);
    }
}
