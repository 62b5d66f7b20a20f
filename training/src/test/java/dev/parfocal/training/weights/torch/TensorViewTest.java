package dev.parfocal.training.weights.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.ElementType;
import dev.parfocal.training.weights.file.TensorInfo;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorViewTest {
    private static TensorView view(long stored, List<Long> shape, long offset, List<Long> stride) {
        Storage storage = new Storage("0", Optional.of(ElementType.F32), stored);
        return new TensorView(storage, new TensorInfo(ElementType.F32, shape), offset, stride);
    }

    @Test
    void ordersElementsByRows() {
        TensorView transposed = view(6, List.of(3L, 2L), 0, List.of(1L, 3L));
        assertThat(transposed.span()).isEqualTo(6);
        assertThat(transposed.arrange(new float[] {0, 1, 2, 3, 4, 5})).containsExactly(0, 3, 1, 4, 2, 5);
        TensorView everySecond = view(10, List.of(2L, 2L), 1, List.of(4L, 2L));
        assertThat(everySecond.span()).isEqualTo(7);
        assertThat(everySecond.arrange(new float[] {1, 2, 3, 4, 5, 6, 7})).containsExactly(1, 3, 5, 7);
        TensorView repeated = view(2, List.of(2L, 2L), 0, List.of(0L, 1L));
        assertThat(repeated.arrange(new float[] {8, 9})).containsExactly(8, 9, 8, 9);
        TensorView channelsLast = view(8, List.of(1L, 2L, 2L, 2L), 0, List.of(8L, 1L, 4L, 2L));
        assertThat(channelsLast.arrange(new float[] {0, 1, 2, 3, 4, 5, 6, 7})).containsExactly(0, 2, 4, 6, 1, 3, 5, 7);
    }

    @Test
    void hasNoElementsIfADimensionHasNone() {
        assertThat(view(0, List.of(0L, 3L), 0, List.of(3L, 1L)).span()).isZero();
        assertThat(view(1, List.of(), 0, List.of()).span()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "6, 7, 0, 1",
        "6, 6, 1, 1",
        "6, 4, 0, 2",
        "6, 2, 0, -1",
        "6, 2, -1, 1",
        "6, 2, 0, 9223372036854775807",
        "6, 1, 9223372036854775807, 1",
        "0, 1, 0, 1",
        "6, 20000000, 0, 0"
    })
    void staysWithinItsStorage(long stored, long size, long offset, long stride) {
        assertThatThrownBy(() -> view(stored, List.of(size), offset, List.of(stride)))
                .isInstanceOf(PickleException.class);
    }

    @Test
    void refusesSumsOfStridesThatOverflow() {
        List<Long> twos = LongStream.generate(() -> 2).limit(16).boxed().toList();
        List<Long> strides =
                LongStream.generate(() -> 1L << 60).limit(16).boxed().toList();
        assertThatThrownBy(() -> view(Long.MAX_VALUE, twos, 0, strides)).isInstanceOf(PickleException.class);
        assertThatThrownBy(() -> view(
                        8, LongStream.generate(() -> 1L << 30).limit(3).boxed().toList(), 0, List.of(0L, 0L, 0L)))
                .isInstanceOf(ParfocalException.class);
    }
}
