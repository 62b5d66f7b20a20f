package dev.parfocal.detection.data;

/** The id that a user's file gives to an image or a category: a whole number, or a text. */
public sealed interface RecordId {

    /** A whole number; {@code 3.0} is one. */
    record Whole(long number) implements RecordId {
        @Override
        public String toString() {
            return Long.toString(number);
        }
    }

    /** A text: {@code "000042"} is not the number 42. */
    record Text(String text) implements RecordId {
        @Override
        public String toString() {
            return '"' + text + '"';
        }
    }

    static RecordId of(long number) {
        return new Whole(number);
    }

    static RecordId of(String text) {
        return new Text(text);
    }
}
