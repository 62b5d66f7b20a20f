package dev.parfocal.core.language;

import dev.parfocal.core.ParfocalException;

/** A mistake in the text of a loss. The message gives origin, line, column, the line itself and a caret below the place. */
public final class FormulaException extends ParfocalException {

    private final int line;
    private final int column;

    FormulaException(String message, int line, int column) {
        super(message);
        this.line = line;
        this.column = column;
    }

    /** The line of the mistake, from 1. */
    public int line() {
        return line;
    }

    /** The column of the mistake, from 1; every character counts as one. */
    public int column() {
        return column;
    }
}
