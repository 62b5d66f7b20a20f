package dev.parfocal.tune.space;

import dev.parfocal.core.ParfocalException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a space from one line of text. Variables are separated by commas; each is a name alone, which then is searched
 * over all its legal range, or has a range or options, and perhaps a condition:
 *
 * <pre>
 *     gamma, alpha in [0.5, 1], box.weight in [0.5, 5] log, batch in [2, 16] log int,
 *     optimizer.kind in {adamw, sgd}, optimizer.momentum in [0, 0.99] if optimizer.kind = sgd
 * </pre>
 */
public final class SearchText {

    private static final Pattern VARIABLE = Pattern.compile(
            "(?<name>[\\w./-]+)(\\s+in\\s*(\\[(?<range>[^]]*)]|\\{(?<options>[^}]*)})(?<flags>(\\s+(log|int))*))?"
                    + "(\\s+if\\s+(?<on>[\\w./-]+)\\s*(=\\s*(?<option>[^\\s,{}]+)|in\\s*\\{(?<some>[^}]*)}))?");

    private final Function<String, Limits> limits;

    private SearchText(Function<String, Limits> limits) {
        this.limits = limits;
    }

    /**
     * Reads it.
     *
     * @param limits of each name; throws a {@link ParfocalException} for a name that cannot be searched
     * @throws ParfocalException if the text is no search, or leaves a variable's own range
     */
    public static Space parse(String text, Function<String, Limits> limits) {
        SearchText search = new SearchText(limits);
        return new Space(pieces(text).stream().map(search::variable).toList());
    }

    /** The text between commas that stand outside of brackets. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '[' || c == '{' ? 1 : c == ']' || c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                pieces.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        pieces.add(text.substring(start).strip());
        return pieces;
    }

    private Variable variable(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        if (!matcher.matches()) {
            throw new ParfocalException("search '" + text + "': a variable is written as gamma, lr in [1e-4, 0.1] log,"
                    + " batch in [2, 16] int or kind in {a, b}, perhaps with if kind = a behind it");
        }
        String name = matcher.group("name");
        return new Variable(name, domain(name, matcher), condition(matcher));
    }

    private Domain domain(String name, Matcher matcher) {
        Limits own = limits.apply(name);
        if (matcher.group("options") != null) {
            return new Choice(list(matcher.group("options")));
        }
        if (matcher.group("range") == null) {
            return own.usual()
                    .orElseThrow(() -> new ParfocalException(
                            "search '" + name + "': say in which range, as in " + name + " in [0.5, 5] log"));
        }
        List<String> flags = Arrays.asList(matcher.group("flags").strip().split("\\s+"));
        Scale scale = flags.contains("log") ? Scale.LOG : Scale.LINEAR;
        boolean integer = flags.contains("int") || own.integer();
        return range(name, list(matcher.group("range")), scale, integer, own);
    }

    private static Domain range(String name, List<String> ends, Scale scale, boolean integer, Limits own) {
        double min = ends.size() == 2 ? Numeral.parsed(ends.get(0)) : Double.NaN;
        double max = ends.size() == 2 ? Numeral.parsed(ends.get(1)) : Double.NaN;
        if (Double.isNaN(min) || Double.isNaN(max)) {
            throw new ParfocalException("search '" + name + " in [" + String.join(", ", ends)
                    + "]': a range is two numbers, as in " + name + " in [0.5, 5]");
        }
        if (min < own.min() || max > own.max()) {
            throw new ParfocalException("search '" + name + " in " + Real.range(min, max) + "' leaves the range of "
                    + name + ", which is " + Real.range(own.min(), own.max()));
        }
        if (integer && (min != Math.rint(min) || max != Math.rint(max) || Math.max(-min, max) > 1e9)) {
            throw new ParfocalException("search '" + name + " in " + Real.range(min, max)
                    + "': the ends must be whole numbers up to 1e9, as " + name + " is one");
        }
        try {
            return integer ? new Whole((int) min, (int) max, scale) : new Real(min, max, scale);
        } catch (ParfocalException e) {
            throw new ParfocalException("search '" + name + "': " + e.getMessage());
        }
    }

    private static @Nullable Condition condition(Matcher matcher) {
        String on = matcher.group("on");
        if (on == null) {
            return null;
        }
        String option = matcher.group("option");
        return new Condition(on, option == null ? list(matcher.group("some")) : List.of(option));
    }

    private static List<String> list(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
