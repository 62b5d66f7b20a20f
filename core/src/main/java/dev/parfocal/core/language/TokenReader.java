package dev.parfocal.core.language;

import java.util.List;

/** Reads the tokens of one statement from left to right. */
final class TokenReader {

    private final Source source;
    private final List<Token> tokens;
    private int at;

    TokenReader(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    /** A token ahead. */
    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    /** The current token's text if it is a symbol, else nothing. */
    String peekSymbol() {
        return peek().kind() == Token.Kind.SYMBOL ? peek().text() : "";
    }

    /** The current token, and moves to the next. */
    Token next() {
        Token token = peek();
        if (token.kind() != Token.Kind.END) {
            at++;
        }
        return token;
    }

    /** Moves over a symbol or word if it is the next one. */
    boolean take(String symbol) {
        boolean found = peek().is(symbol);
        if (found) {
            next();
        }
        return found;
    }

    void expect(String symbol, String where) {
        if (!take(symbol)) {
            throw unexpected("'" + symbol + "' " + where);
        }
    }

    Token expectName(String what) {
        if (!peek().isName()) {
            throw unexpected(what);
        }
        return next();
    }

    /** A number, perhaps with a minus. */
    double expectNumber(String what) {
        boolean negative = take("-");
        if (peek().kind() != Token.Kind.NUMBER) {
            throw unexpected(what);
        }
        double number = number(next());
        return negative ? -number : number;
    }

    double number(Token token) {
        double number = Double.parseDouble(token.text());
        if (Double.isInfinite(number)) {
            throw error(token, "this number is too large");
        }
        if (number == 0 && token.text().matches("[0.]*[1-9].*")) {
            throw error(token, "this number is too small: it would be 0");
        }
        return number;
    }

    String expectString(String what) {
        if (peek().kind() != Token.Kind.STRING) {
            throw unexpected(what);
        }
        return next().text();
    }

    void expectEnd(String expected) {
        if (peek().kind() != Token.Kind.END) {
            throw unexpected(expected);
        }
    }

    FormulaException unexpected(String expected) {
        return error(peek(), "expected " + expected + ", found " + peek().shown() + continuation());
    }

    /** A sign at the start of a line may be meant to start one. */
    private String continuation() {
        Token token = peek();
        boolean startsLine = at > 0
                && source.line(token.offset()) > source.line(tokens.get(at - 1).offset());
        return startsLine && Lexer.CONTINUING.contains(token.text())
                ? "; a line that starts with " + token.shown() + " goes on from the line above: no line can start so"
                : "";
    }

    FormulaException error(Token token, String message) {
        return source.error(token.offset(), message);
    }
}
