package dev.parfocal.core.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.check.LossCheck;
import dev.parfocal.core.check.LossReport;
import dev.parfocal.core.loss.Loss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/language.md are losses, its errors are errors, and its table lists every function. */
class LanguagePageTest {

    private static final Path PAGE = Path.of("../docs/language.md");
    private static final Pattern LOSS = Pattern.compile("```loss\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ERROR =
            Pattern.compile("```loss-error\\n(.*?)```\\n\\n```text\\n(.*?)\\n```", Pattern.DOTALL);

    private record Mistake(String text, String message) {}

    static Stream<String> losses() throws IOException {
        return found(LOSS).map(match -> match.group(1));
    }

    static Stream<Mistake> mistakes() throws IOException {
        return found(ERROR).map(match -> new Mistake(match.group(1), match.group(2)));
    }

    private static Stream<MatchResult> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(PAGE)).results();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void examplesAreLosses(String text) {
        LossReport report = LossCheck.run(Loss.parse(text));
        assertThat(report.passed())
                .as(report.toString())
                .isEqualTo(!report.loss().name().equals("misprinted"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void errorsAreAsShown(Mistake mistake) {
        assertThatThrownBy(() -> Loss.parse(mistake.text(), "my.loss"))
                .isInstanceOf(FormulaException.class)
                .hasMessage(mistake.message());
    }

    @Test
    void listsEveryFunction() throws IOException {
        List<String> rows = Function.ALL.values().stream()
                .map(function -> "| `" + function.name() + "` | " + function.meaning() + " |")
                .toList();
        assertThat(Files.readString(PAGE)).contains(rows);
        assertThat(losses().count() + mistakes().count()).isGreaterThan(7);
    }
}
