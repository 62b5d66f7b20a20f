package dev.parfocal.cli.run;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.detection.metric.CocoResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The numbers of an evaluation as a JSON object. */
public final class ScoreFile {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ScoreFile() {}

    /** Writes the keys AP, AP50 … ARl with their numbers, exactly; a number that does not exist is -1. */
    public static void write(Path file, CocoResult result) throws IOException {
        write(file, result.asPycocotools());
    }

    /** Writes numbers by their keys, exactly; one that is NaN becomes null. */
    public static void write(Path file, Map<String, Double> numbers) throws IOException {
        Map<String, @Nullable Double> finite = new LinkedHashMap<>();
        numbers.forEach((key, value) -> finite.put(key, Double.isNaN(value) ? null : value));
        String text = JSON.writeValueAsString(finite) + "\n";
        OutputFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}
