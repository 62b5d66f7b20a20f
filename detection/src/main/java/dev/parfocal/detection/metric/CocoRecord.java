package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of an image, category, annotation or detection that an evaluation reads; all others are skipped. */
final class CocoRecord {

    private final JsonParser json;
    private final String what;
    private @Nullable Long id;
    private @Nullable Long imageId;
    private @Nullable Long categoryId;
    private double @Nullable [] bbox;
    private @Nullable Double score;
    private @Nullable Double area;
    private boolean crowd;
    private @Nullable String name;

    private CocoRecord(JsonParser json, String what) {
        this.json = json;
        this.what = what;
    }

    /**
     * Reads the object that the parser is at.
     *
     * @param what what the record is called in messages, with its number
     */
    static CocoRecord read(JsonParser json, String what) {
        CocoRecord row = new CocoRecord(json, what);
        if (!json.hasToken(JsonToken.START_OBJECT)) {
            throw row.wrong("not an object");
        }
        while (json.nextToken() != JsonToken.END_OBJECT) {
            row.readField(json.currentName());
        }
        return row;
    }

    private void readField(String field) {
        json.nextToken();
        switch (field) {
            case "id" -> id = integer(field);
            case "image_id" -> imageId = integer(field);
            case "category_id" -> categoryId = integer(field);
            case "bbox" -> bbox = readBox();
            case "score" -> score = number(field);
            case "area" -> area = number(field);
            case "iscrowd" -> crowd = truth();
            case "name" -> name = json.getValueAsString();
            default -> json.skipChildren();
        }
    }

    private double[] readBox() {
        double[] box = new double[4];
        if (!json.hasToken(JsonToken.START_ARRAY)) {
            throw wrong("bbox is not [x, y, width, height]");
        }
        int count = 0;
        for (; json.nextToken() != JsonToken.END_ARRAY; count++) {
            if (count < 4) {
                box[count] = number("bbox");
            }
        }
        if (count != 4) {
            throw wrong("bbox has " + count + " numbers: it must be [x, y, width, height]");
        }
        return box;
    }

    private double number(String field) {
        if (!json.currentToken().isNumeric()) {
            throw wrong(field + " is not a number: " + json.getString());
        }
        return json.getDoubleValue();
    }

    private long integer(String field) {
        if (json.hasToken(JsonToken.VALUE_NUMBER_INT)) {
            return json.getLongValue();
        }
        double value = json.currentToken().isNumeric() ? json.getDoubleValue() : Double.NaN;
        if (value != Math.rint(value) || Math.abs(value) > 1L << 53) {
            throw wrong(field + " is not an integer: " + json.getString());
        }
        return (long) value;
    }

    private boolean truth() {
        return json.hasToken(JsonToken.VALUE_TRUE) || (json.currentToken().isNumeric() && json.getDoubleValue() != 0);
    }

    private ParfocalException wrong(String how) {
        return new ParfocalException(
                what + ": " + how + " (line " + json.currentTokenLocation().getLineNr() + ", column "
                        + json.currentTokenLocation().getColumnNr() + ")");
    }

    private <T> T present(@Nullable T value, String field) {
        if (value == null) {
            throw wrong("no " + field);
        }
        return value;
    }

    long id() {
        return present(id, "id");
    }

    /** Whether there is an id, and it is 0. */
    boolean isNumberedZero() {
        return id != null && id == 0;
    }

    boolean hasId() {
        return id != null;
    }

    long imageId() {
        return present(imageId, "image_id");
    }

    long categoryId() {
        return present(categoryId, "category_id");
    }

    double[] box() {
        return present(bbox, "bbox");
    }

    double score() {
        return present(score, "score");
    }

    /** The area that is given, or else that of the box. */
    double area() {
        return area != null ? area : box()[2] * box()[3];
    }

    boolean crowd() {
        return crowd;
    }

    String name() {
        return name != null ? name : String.valueOf(id());
    }
}
