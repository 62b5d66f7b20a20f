package dev.parfocal.core.language;

/**
 * A word of the language.
 *
 * @param kind what it is
 * @param text its characters; a string's without the quotes
 * @param offset where it starts in the source
 */
record Token(Kind kind, String text, int offset) {

    enum Kind {
        NAME,
        NUMBER,
        STRING,
        SYMBOL,
        /** The end of a statement. */
        END
    }

    boolean is(String symbol) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }

    /** How errors call it. */
    String shown() {
        return switch (kind) {
            case END -> "the end of the line";
            case STRING -> '"' + text + '"';
            default -> "'" + text + "'";
        };
    }
}
