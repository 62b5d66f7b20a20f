package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.BrokenJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads COCO files for an evaluation: nothing is mended or left out, and a box keeps its width and height, because going
 * by its right and lower edges would round them.
 */
final class CocoFiles {

    /** Python writes NaN and Infinity; reading them lets the message name the detection. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private CocoFiles() {}

    static CocoTruth readTruth(Path file) {
        CocoTruthBuilder truth = new CocoTruthBuilder();
        read(file, json -> {
            if (!json.hasToken(JsonToken.START_OBJECT)) {
                throw new ParfocalException("the truth must be a JSON object with images, annotations and categories");
            }
            while (json.nextToken() != JsonToken.END_OBJECT) {
                String section = json.currentName();
                json.nextToken();
                switch (section) {
                    case "images" -> eachRecord(json, "image", truth::addImage);
                    case "categories" -> eachRecord(json, "category", truth::addCategory);
                    case "annotations" -> eachRecord(json, "annotation", truth::addAnnotation);
                    default -> json.skipChildren();
                }
            }
            truth.check();
        });
        return truth.build();
    }

    static BoxTable readDetections(Path file) {
        BoxTable table = new BoxTable("detection");
        read(
                file,
                json -> eachRecord(json, "detection", row -> {
                    table.add(row.imageId(), row.categoryId(), row.box(), row.score(), false, true);
                }));
        return table;
    }

    private static void eachRecord(JsonParser json, String what, Consumer<CocoRecord> use) {
        if (!json.hasToken(JsonToken.START_ARRAY)) {
            throw new ParfocalException("expected a list of " + what + " records at line "
                    + json.currentTokenLocation().getLineNr() + ", column "
                    + json.currentTokenLocation().getColumnNr());
        }
        for (int number = 1; json.nextToken() != JsonToken.END_ARRAY; number++) {
            use.accept(CocoRecord.read(json, what + " " + number));
        }
    }

    private static void read(Path file, Consumer<JsonParser> use) {
        try (InputStream bytes = Files.newInputStream(file);
                JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            json.nextToken();
            use.accept(json);
        } catch (ParfocalException wrong) {
            throw new ParfocalException(file + ": " + wrong.getMessage(), wrong);
        } catch (JacksonException broken) {
            throw BrokenJson.error(file, broken);
        } catch (NoSuchFileException missing) {
            throw new ParfocalException(file + ": there is no such file", missing);
        } catch (IOException unreadable) {
            throw new ParfocalException(file + ": cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }
}
