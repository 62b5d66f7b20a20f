package dev.parfocal.core.language;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a source into statements of tokens. A statement ends with its line, unless the line cannot end there. */
final class Lexer {

    private static final Pattern WORD = Pattern.compile(
            "(?<blank>[ \\t]+|#[^\\n]*)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?)"
                    + "|\"(?<string>[^\"\\n]*)\"|(?<symbol><=|>=|==|!=|[-+*/^?:;,()=<>{}]|\\[|])|(?<line>\\n)");

    private static final Map<String, String> CLOSING = Map.of("(", ")", "[", "]", "{", "}");

    /** A line that ends with one of these goes on in the next. */
    private static final Set<String> OPEN_ENDED = Set.of(
            "+", "-", "*", "/", "^", "?", ":", ",", ";", "=", "<", "<=", ">", ">=", "==", "!=", "and", "or", "not");

    /** A line that starts with one of these goes on from the one before: no statement starts so. */
    static final Set<String> CONTINUING =
            Set.of("+", "*", "/", "^", "?", ":", "<", "<=", ">", ">=", "==", "!=", "and", "or");

    /** What people write from habit, and what it is here. */
    private static final Map<String, String> HABITS = Map.of(
            "&", "; write 'and'",
            "|", "; write 'or', and abs(x) for the absolute value",
            "!", "; write 'not'",
            "σ", "; write sigmoid(…)",
            "−", ": it is a typographic minus; write -",
            "·", "; write *",
            "×", "; write *",
            "\"", ": a text in quotes ends on the line where it starts; close it with \"");

    private final Source source;
    private final List<List<Token>> statements = new ArrayList<>();
    private final Deque<Token> open = new ArrayDeque<>();
    private List<Token> statement = new ArrayList<>();
    private boolean lineEnded;

    private Lexer(Source source) {
        this.source = source;
    }

    /** The statements of a source, each ended by a token of kind END. */
    static List<List<Token>> statements(Source source) {
        Lexer lexer = new Lexer(source);
        lexer.run();
        return lexer.statements;
    }

    private void run() {
        Matcher matcher = WORD.matcher(source.text());
        int at = 0;
        while (at < source.text().length()) {
            matcher.region(at, source.text().length());
            if (!matcher.lookingAt()) {
                throw strange(at);
            }
            take(matcher, at);
            at = matcher.end();
        }
        if (!open.isEmpty()) {
            Token first = open.peek();
            throw source.error(
                    first.offset(),
                    "this '" + first.text() + "' is never closed: expected '" + CLOSING.get(first.text()) + "'");
        }
        finish();
    }

    private void take(Matcher matcher, int at) {
        if (matcher.group("blank") != null) {
            return;
        }
        if (matcher.group("line") != null) {
            lineEnded |= open.isEmpty();
            return;
        }
        Token token = token(matcher, at);
        if (lineEnded && !continues(token)) {
            finish();
        }
        lineEnded = false;
        track(token);
        statement.add(token);
    }

    private Token token(Matcher matcher, int at) {
        for (Token.Kind kind : List.of(Token.Kind.NAME, Token.Kind.NUMBER, Token.Kind.STRING, Token.Kind.SYMBOL)) {
            String text = matcher.group(kind.name().toLowerCase(Locale.ROOT));
            if (text != null) {
                return new Token(kind, text, at);
            }
        }
        throw strange(at);
    }

    private boolean continues(Token next) {
        return CONTINUING.stream().anyMatch(next::is)
                || !statement.isEmpty() && OPEN_ENDED.stream().anyMatch(statement.get(statement.size() - 1)::is);
    }

    private void track(Token token) {
        if (token.kind() != Token.Kind.SYMBOL) {
            return;
        }
        if (CLOSING.containsKey(token.text())) {
            open.push(token);
        } else if (CLOSING.containsValue(token.text())) {
            close(token);
        }
    }

    private void close(Token token) {
        if (open.isEmpty()) {
            throw source.error(token.offset(), "this '" + token.text() + "' closes nothing");
        }
        String expected = CLOSING.getOrDefault(open.pop().text(), "");
        if (!token.is(expected)) {
            throw source.error(token.offset(), "expected '" + expected + "' here, found '" + token.text() + "'");
        }
    }

    private void finish() {
        if (!statement.isEmpty()) {
            Token last = statement.get(statement.size() - 1);
            int quotes = last.kind() == Token.Kind.STRING ? 2 : 0;
            statement.add(
                    new Token(Token.Kind.END, "", last.offset() + last.text().length() + quotes));
            statements.add(statement);
            statement = new ArrayList<>();
        }
    }

    private FormulaException strange(int at) {
        int character = source.text().codePointAt(at);
        String shown = Character.toString(character);
        if (Character.isISOControl(character)) {
            return source.error(
                    at, String.format(Locale.ROOT, "control character 0x%02x: is this a binary file?", character));
        }
        if (Habits.isInvisible(character)) {
            return source.error(at, Habits.unseen(character));
        }
        String why = character < 128
                ? ": the language has no such sign"
                : ": names are written in ASCII letters, digits and _";
        return source.error(at, "'" + shown + "' cannot stand here" + HABITS.getOrDefault(shown, why));
    }
}
