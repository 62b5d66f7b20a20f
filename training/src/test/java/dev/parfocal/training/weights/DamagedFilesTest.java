package dev.parfocal.training.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.WeightSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, it is read or refused with a message; nothing else happens. */
class DamagedFilesTest {
    private static final int FLIPPED_COPIES = 300;

    @TempDir
    Path folder;

    /** Reads every tensor; false if the file is refused. */
    private boolean reads(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        try {
            WeightSource source = WeightFile.open(file);
            source.tensors().keySet().forEach(source::read);
            return true;
        } catch (ParfocalException refused) {
            assertThat(refused.getMessage()).contains("damaged").doesNotContain("\n");
            return false;
        } catch (RuntimeException e) {
            return fail("not refused but " + e, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_dict.pth", "types.safetensors"})
    void refusesEveryCutOffFile(String name) throws IOException {
        byte[] whole = Files.readAllBytes(WeightFileTest.resource(name));
        assertThat(reads(whole)).isTrue();
        for (int length = 0; length < whole.length; length++) {
            assertThat(reads(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ema_module.pth",
                "protocol4.pth",
                "shared_storage.pth",
                "types.safetensors",
                "hostile_system.pth"
            })
    void readsOrRefusesEveryDamagedFile(String name) throws IOException {
        byte[] whole = Files.readAllBytes(WeightFileTest.resource(name));
        Random random = new Random(1);
        int refused = 0;
        for (int copy = 0; copy < FLIPPED_COPIES; copy++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += reads(damaged) ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    private static Map<String, float[]> values(Path file) {
        WeightSource source = WeightFile.open(file);
        Map<String, float[]> values = new LinkedHashMap<>();
        source.tensors().keySet().forEach(name -> values.put(name, source.read(name)));
        return values;
    }

    /** A state dict carries checksums: whatever is damaged, what is read are the values that were written. */
    @ParameterizedTest
    @ValueSource(strings = {"state_dict.pth", "types.pth"})
    void readsNoOtherValuesOutOfADamagedStateDict(String name) throws IOException {
        Path original = WeightFileTest.resource(name);
        byte[] whole = Files.readAllBytes(original);
        Map<String, float[]> written = values(original);
        Random random = new Random(3);
        for (int copy = 0; copy < FLIPPED_COPIES; copy++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            if (reads(damaged)) {
                Map<String, float[]> read = values(folder.resolve("damaged"));
                assertThat(read.keySet()).isEqualTo(written.keySet());
                read.forEach((tensor, values) -> assertThat(values).isEqualTo(written.get(tensor)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PK", "\u0080\u0002}q", "{}", "{\"a\":"})
    void refusesNoise(String start) throws IOException {
        Random random = new Random(2);
        for (int copy = 0; copy < 300; copy++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            byte[] head = start.getBytes(StandardCharsets.ISO_8859_1);
            System.arraycopy(head, 0, noise, 0, Math.min(head.length, noise.length));
            assertThat(reads(noise)).isFalse();
        }
    }
}
