package dev.parfocal.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.kernel.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonFiniteTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1023, 1024, 1025, 4999})
    void oneBadNumberIsFoundWhereverItStands(int at) {
        float[] numbers = new float[5000];
        Arrays.fill(numbers, Float.MAX_VALUE);
        assertThat(NonFinite.isAbsent(Floats.of(numbers))).isTrue();
        assertThat(NonFinite.in(Floats.of(numbers))).isEmpty();
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            numbers[at] = bad;
            assertThat(NonFinite.isAbsent(Floats.of(numbers))).isFalse();
            assertThat(NonFinite.in(Floats.of(numbers))).contains(new NonFinite(1, 5000, at, bad));
        }
    }

    @Test
    void infinitiesDoNotCancelAndMemoryOutsideTheHeapIsRead() {
        FloatBuffer direct =
                ByteBuffer.allocateDirect(12).order(ByteOrder.nativeOrder()).asFloatBuffer();
        direct.put(0, new float[] {1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY});
        assertThat(NonFinite.isAbsent(Floats.of(direct))).isFalse();
        assertThat(NonFinite.in(Floats.of(direct)).orElseThrow()).hasToString("infinity (2 of 3 are not finite)");
        assertThat(NonFinite.isAbsent(Floats.of(new float[0]))).isTrue();
    }

    @Test
    void aLayoutNamesPlaces() {
        Layout layout = Layout.of(
                Layout.Axis.of("image", 2),
                new Layout.Axis(3, anchor -> "anchor " + anchor + " at x " + 8 * anchor),
                Layout.Axis.of("class", List.of("disc", "square")));
        assertThat(layout.size()).isEqualTo(12);
        assertThat(layout.place(0)).isEqualTo("image 0, anchor 0 at x 0, class disc");
        assertThat(layout.place(11)).isEqualTo("image 1, anchor 2 at x 16, class square");
        for (int number = 0; number < 12; number++) {
            int[] at = layout.at(number);
            assertThat((at[0] * 3 + at[1]) * 2 + at[2]).isEqualTo(number);
        }
    }
}
