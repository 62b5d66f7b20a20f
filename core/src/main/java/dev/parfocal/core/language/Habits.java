package dev.parfocal.core.language;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;

/** What people write from the habit of other languages, and what it is in this one. */
final class Habits {

    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("relu", "relu(x) is max(x, 0)"),
            Map.entry("clamp", "clamp(x, a, b) is min(max(x, a), b)"),
            Map.entry("clip", "clip(x, a, b) is min(max(x, a), b)"),
            Map.entry("pow", "pow(a, b) is a^b"),
            Map.entry("square", "square(x) is x^2"),
            Map.entry("ln", "the natural logarithm is log"),
            Map.entry("log2", "log2(x) is log(x) / log(2)"),
            Map.entry("log10", "log10(x) is log(x) / log(10)"),
            Map.entry("logsigmoid", "logsigmoid(x) is log(sigmoid(x)), and exact here"),
            Map.entry("tanh", "tanh(x) is 2 * sigmoid(2 * x) - 1"),
            Map.entry("softmax", "softmax(s)[i] is exp(log_softmax(s, i))"),
            Map.entry("arctan", "the arc tangent is atan"),
            Map.entry("round", "round(x) is floor(x + 0.5)"),
            Map.entry("ceil", "ceil(x) is -floor(-x)"),
            Map.entry("mod", "mod(a, b) is a - b * floor(a / b)"),
            Map.entry("detach", "what is detached is stop_gradient(x)"),
            Map.entry("where", "write condition ? a : b"),
            Map.entry("if", "write condition ? a : b"),
            Map.entry("then", "write condition ? a : b"),
            Map.entry("else", "write condition ? a : b"),
            Map.entry("let", "a definition is name = expression"),
            Map.entry("return", "the result is the last line, an expression without a name"),
            Map.entry("true", "write a condition such as 1 > 0"),
            Map.entry("false", "write a condition such as 0 > 1"));

    private Habits() {}

    /** The end of an error message about a word that is not known here: what it is in this language, or the nearest word. */
    static String advice(String word, Collection<String> known) {
        String meant = WORDS.get(word.toLowerCase(Locale.ROOT));
        return meant == null ? Names.suggestion(word, known) : "; " + meant;
    }

    /** What is wrong with a sign that the language does not have: by name if it cannot be seen. */
    static String unseen(int character) {
        String code = String.format(Locale.ROOT, "U+%04X", character);
        String name = String.valueOf(Character.getName(character)).toLowerCase(Locale.ROOT);
        return "an invisible sign, " + code + " (" + name + "), stands here; delete it, or put a blank in its place";
    }

    /** Whether a sign leaves no ink. */
    static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.FORMAT ->
                true;
            default -> false;
        };
    }
}
