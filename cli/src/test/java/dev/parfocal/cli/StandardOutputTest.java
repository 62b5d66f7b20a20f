package dev.parfocal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StandardOutputTest {

    @Test
    void itPassesOnWhatIsWritten() {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        assertThat(failureOf(new StandardOutput(target))).isEmpty();
        assertThat(target.toString(StandardCharsets.UTF_8)).isEqualTo("grün\n");
    }

    @Test
    void itRemembersThatAResultWasLost() {
        assertThat(failureOf(new StandardOutput(failing("No space left on device"))))
                .isEqualTo("No space left on device");
    }

    @Test
    void aReaderThatWantsNoMoreIsNoFailure() {
        assertThat(failureOf(new StandardOutput(failing("Broken pipe")))).isEmpty();
    }

    private static String failureOf(StandardOutput output) {
        PrintWriter writer = new PrintWriter(output, false, StandardCharsets.UTF_8);
        writer.print("grün\n");
        writer.flush();
        return output.failure();
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
