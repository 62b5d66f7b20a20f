package dev.parfocal.training.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;

/**
 * A step of one of our detectors on a golden file's weights, images and objects.
 *
 * @param losses by component
 * @param gradients of the trained weights, by name
 */
public record GoldenStep(Map<String, Double> losses, Map<String, float[]> gradients) {
    /**
     * Fails where a loss is off by more than 1e-4, or a recorded gradient by more than {@code slope}.
     *
     * @param components the reference's names of losses by ours
     */
    public void assertSame(Golden golden, Map<String, String> components, double slope) {
        assertThat(losses.keySet()).isEqualTo(components.keySet());
        components.forEach((ours, theirs) -> {
            double expected = golden.at("/losses/" + theirs).asDouble();
            assertThat(losses.get(ours)).as(ours).isCloseTo(expected, within(1e-4 * Math.abs(expected)));
        });
        golden.at("/gradients").properties().forEach(entry -> {
            float[] actual = gradients.get(entry.getKey());
            assertThat(actual).as(entry.getKey()).isNotNull();
            assertThat(Samples.of(entry.getValue()).difference(actual, slope))
                    .as(entry.getKey())
                    .isEmpty();
        });
    }
}
