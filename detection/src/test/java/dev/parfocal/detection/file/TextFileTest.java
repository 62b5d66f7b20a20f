package dev.parfocal.detection.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {

    @TempDir
    private Path folder;

    private Path file(String text, Charset charset) throws IOException {
        return Files.write(folder.resolve("names.txt"), text.getBytes(charset));
    }

    @Test
    void aByteOrderMarkIsNoContent() throws IOException {
        assertThat(TextFile.lines(file("\uFEFFgroß\r\n\n cat ", StandardCharsets.UTF_8)))
                .containsExactly("groß", "", "cat");
        assertThat(TextFile.lines(file("\uFEFFgroß", StandardCharsets.UTF_16LE)))
                .containsExactly("groß");
        assertThat(TextFile.lines(file("\uFEFFgroß", StandardCharsets.UTF_16BE)))
                .containsExactly("groß");
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        Path latin = file("groß", StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> TextFile.lines(latin))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(latin + ": this is not a UTF-8 text file; save it as UTF-8");
        Path unmarked = file("cat", StandardCharsets.UTF_16LE);
        assertThatThrownBy(() -> TextFile.lines(unmarked))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("this is not a UTF-8 text file (it has zero bytes, as UTF-16 has)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1f", "0x1p3", "1_000", "", "1,5", "--1", "1e", "1.2.3"})
    void whatOnlyJavaTakesForANumberIsNone(String text) {
        assertThatThrownBy(() -> TextFile.number(text)).isInstanceOf(NumberFormatException.class);
    }

    @ParameterizedTest
    @CsvSource({"1,1", ".5,0.5", "5.,5", "-1e-3,-0.001", "+2.5E2,250", "NaN,NaN", "-inf,-Infinity"})
    void numbersAreReadAsToolsWriteThem(String text, double value) {
        assertThat(Double.valueOf(TextFile.number(text))).isEqualTo(Double.valueOf(value));
    }
}
