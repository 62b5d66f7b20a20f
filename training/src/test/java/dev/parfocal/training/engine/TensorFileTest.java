package dev.parfocal.training.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
    @TempDir
    Path folder;

    private static TensorFile sample() {
        Map<String, TensorFile.Entry> tensors = new LinkedHashMap<>();
        tensors.put(
                "a.weight", new TensorFile.Entry(new long[] {2, 3}, new float[] {1, -0f, Float.MIN_VALUE, 4, 5, 6}));
        tensors.put("empty", TensorFile.Entry.of());
        tensors.put("z", TensorFile.Entry.of(Float.NaN, Float.NEGATIVE_INFINITY, (float) Math.PI));
        return new TensorFile(tensors, Map.of("step", "17"));
    }

    @Test
    void readsBackWhatItWroteToTheLastBit() {
        Path file = folder.resolve("t.safetensors");
        sample().write(file);
        TensorFile back = TensorFile.read(file);
        assertThat(back.notes()).containsExactly(Map.entry("step", "17"));
        assertThat(back.tensors().keySet()).containsExactly("a.weight", "empty", "z");
        sample().tensors().forEach((name, entry) -> {
            float[] values = back.values(name, entry.shape());
            for (int i = 0; i < values.length; i++) {
                assertThat(Float.floatToRawIntBits(values[i])).isEqualTo(Float.floatToRawIntBits(entry.values()[i]));
            }
        });
    }

    @Test
    void saysWhichTensorIsMissingOrOfAnotherShape() {
        assertThatThrownBy(() -> sample().values("b", 2))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no tensor b");
        assertThatThrownBy(() -> sample().values("a.weight", 3, 2))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("[2, 3]")
                .hasMessageContaining("[3, 2]");
    }

    @Test
    void refusesEveryCutOffFile() throws IOException {
        byte[] whole = sample().toBytes();
        Path file = folder.resolve("cut.safetensors");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> TensorFile.read(file))
                    .isInstanceOf(ParfocalException.class)
                    .hasMessageContaining("not a whole safetensors file");
        }
    }

    @Test
    void aFailedWriteLeavesTheOldFile() throws IOException {
        Path file = folder.resolve("checkpoint");
        AtomicFile.write(file, new byte[] {1, 2, 3});
        Files.createDirectories(folder.resolve("checkpoint.tmp/in the way"));
        assertThatThrownBy(() -> AtomicFile.write(file, new byte[] {4}))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("cannot write")
                .hasMessageContaining("as it was");
        assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
    }
}
