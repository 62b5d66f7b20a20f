package dev.parfocal.core.language;

/** The text of a loss with the name of where it comes from; turns offsets into places that people can find. */
final class Source {

    /** The longest text that is read: far beyond any formula, and small enough to fail fast on a wrong file. */
    static final int MAX_CHARACTERS = 65_536;

    /** How much of a long line an error shows on either side of its caret. */
    private static final int CONTEXT = 60;

    private final String origin;
    private final String text;

    /** Reads the text with line feeds and without a byte order mark. */
    Source(String text, String origin) {
        this.origin = origin;
        this.text = normalize(text);
        if (this.text.length() > MAX_CHARACTERS) {
            throw error(MAX_CHARACTERS, "the text is longer than " + MAX_CHARACTERS + " characters: is this a loss?");
        }
    }

    private static String normalize(String text) {
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return body.replace("\r\n", "\n").replace('\r', '\n');
    }

    String text() {
        return text;
    }

    /** The line of an offset, from 1. */
    int line(int offset) {
        return 1 + (int) text.chars().limit(offset).filter(c -> c == '\n').count();
    }

    /** The error that says what is wrong at an offset. */
    FormulaException error(int offset, String message) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int end = text.indexOf('\n', offset);
        String rest = text.substring(offset, end < 0 ? text.length() : end);
        String before = text.substring(start, offset);
        int column = 1 + before.codePointCount(0, before.length());
        int line = line(offset);
        String shown = before.length() > CONTEXT ? "…" + before.substring(before.length() - CONTEXT) : before;
        String tail = rest.length() > CONTEXT ? rest.substring(0, CONTEXT) + "…" : rest;
        String where = origin + ":" + line + ":" + column + ": ";
        String caret = blank(shown) + "^";
        return new FormulaException(where + message + "\n    " + shown + tail + "\n    " + caret, line, column);
    }

    /** As many blanks as the text has characters; tabs stay, so that the caret stands below its place. */
    private static String blank(String text) {
        StringBuilder blanks = new StringBuilder();
        text.codePoints().forEach(c -> blanks.append(c == '\t' ? '\t' : ' '));
        return blanks.toString();
    }
}
