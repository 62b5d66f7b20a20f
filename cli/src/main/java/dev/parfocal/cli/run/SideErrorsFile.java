package dev.parfocal.cli.run;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.BrokenJson;
import dev.parfocal.detection.outcome.SideErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run's folder keeps of the uncertainty of boxes, {@code uncertainty.json}; only of boxes that are distributions. */
public final class SideErrorsFile {
    private static final String NAME = "uncertainty.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SideErrorsFile() {}

    static void write(Path run, SideErrors errors) throws IOException {
        byte[] bytes = (JSON.writeValueAsString(errors) + "\n").getBytes(StandardCharsets.UTF_8);
        OutputFile.write(run.resolve(NAME), stream -> stream.write(bytes));
    }

    /** What a run's folder has; empty if nothing. */
    public static Optional<SideErrors> read(Path run) {
        Path file = run.resolve(NAME);
        try {
            return Files.exists(file) ? Optional.of(JSON.readValue(file.toFile(), SideErrors.class)) : Optional.empty();
        } catch (JacksonException e) {
            throw new ParfocalException(file + ": " + BrokenJson.reason(e), e);
        }
    }
}
