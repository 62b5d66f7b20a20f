package dev.parfocal.training.weights.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {
    @TempDir
    Path folder;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        return Files.write(folder.resolve("t.safetensors"), bytes.array());
    }

    private static String tensor(String name, String type, String shape, String offsets) {
        return "'%s':{'dtype':'%s','shape':%s,'data_offsets':%s}".formatted(name, type, shape, offsets);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "F32; [2]; [0, 4]; of shape [2] lies at [0, 4]",
                "F32; [2]; [4, 12]; follows a gap",
                "F32; [3]; [0, 12]; its tensors take 12 bytes, but it has 8",
                "F32; [1]; [0, 4]; its tensors take 4 bytes, but it has 8",
                "F32; [-2]; [0, 8]; more elements than can be read",
                "F32; [4294967296, 4294967296]; [0, 8]; more elements than can be read",
                "F32; [2.0]; [0, 8]; lacks its shape or offsets",
                "F32; 2; [0, 8]; lacks its shape or offsets",
                "F32; [2]; [0]; lies at [0]",
                "F32; [2]; [18446744073709551608, 18446744073709551616]; lacks its shape or offsets",
                "F8_E4M3; [8]; [0, 8]; has the type F8_E4M3; types that are read: F64, F32",
                "F4; [8]; [0, 8]; has the type F4",
            })
    void saysWhatIsWrongInAHeader(String type, String shape, String offsets, String message) throws IOException {
        Path file = file("{" + tensor("a", type, shape, offsets) + "}", 8);
        assertThatThrownBy(() -> SafetensorsFile.open(file))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining(message);
    }

    @Test
    void refusesOverlapsAndNamesThatAreThereTwice() throws IOException {
        String first = tensor("a", "F32", "[2]", "[0, 8]");
        Path overlap = file("{" + first + "," + tensor("b", "F32", "[2]", "[4, 12]") + "}", 12);
        assertThatThrownBy(() -> SafetensorsFile.open(overlap)).hasMessageContaining("tensor b overlaps another");
        Path twice = file("{" + first + "," + tensor("a", "F32", "[1]", "[8, 12]") + "}", 12);
        assertThatThrownBy(() -> SafetensorsFile.open(twice)).hasMessageContaining("not JSON of the expected form");
    }

    @Test
    void refusesAHeaderThatIsNested() throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.open(file("[".repeat(5_000_000), 0)))
                .isInstanceOf(ParfocalException.class);
    }

    /** A sparse file of more than 4 GiB, of which only the end is read. */
    @Test
    void readsBeyondWhatOneArrayHolds() throws IOException {
        long large = 2_000_000_000L;
        String header = "{" + tensor("large", "I8", "[" + large + "]", "[0, " + large + "]") + ","
                + tensor("other", "I8", "[" + large + "]", "[" + large + ", " + 2 * large + "]") + ","
                + tensor("last", "F32", "[2]", "[" + 2 * large + ", " + (2 * large + 8) + "]") + "}";
        Path file = file(header, 0);
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            long start = sparse.length();
            sparse.setLength(start + 2 * large + 8);
            sparse.seek(start + 2 * large);
            sparse.write(new byte[] {0, 0, (byte) 0x80, 0x3F, 0, 0, 0, 0x40});
        }
        assertThat(SafetensorsFile.open(file).read("last")).containsExactly(1, 2);
    }
}
