package dev.parfocal.cli.run;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.detection.metric.CocoResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The twelve numbers of an evaluation as a JSON object. */
public final class ScoreFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ScoreFile() {}

    /** Writes the keys AP, AP50 … ARl with their numbers, exactly; a number that does not exist is -1. */
    public static void write(Path file, CocoResult result) throws IOException {
        String text = JSON.writeValueAsString(result.asPycocotools()) + "\n";
        OutputFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
