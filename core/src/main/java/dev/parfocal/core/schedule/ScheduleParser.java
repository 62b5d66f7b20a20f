package dev.parfocal.core.schedule;

import dev.parfocal.core.ParfocalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a schedule, word by word. */
final class ScheduleParser {
    private static final Pattern WORD = Pattern.compile("[A-Za-z][A-Za-z_-]*|[-+]?[.0-9]+(?:[eE][-+]?[0-9]+)?|,|\\S");
    private static final Map<String, Function<ScheduleParser, Schedule>> SHAPES = new LinkedHashMap<>();

    static {
        SHAPES.put("constant", p -> new Constant(p.number()));
        SHAPES.put("linear", p -> new Linear(p.number(), p.number("to")));
        SHAPES.put("cosine", p -> new Cosine(p.number(), p.number("to")));
        SHAPES.put("polynomial", p -> new Polynomial(p.number(), p.number("to"), p.number("power")));
        SHAPES.put("step", p -> new Steps(p.number(), p.knotsAfterComma()));
        SHAPES.put("piecewise", p -> new Piecewise(p.knots()));
        SHAPES.put("one-cycle", p -> new OneCycle(p.number(), p.number(","), p.number("at"), p.number(",")));
    }

    private final String text;
    private final Deque<String> words = new ArrayDeque<>();

    ScheduleParser(String text) {
        this.text = text;
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(matcher.group());
        }
    }

    Schedule parse() {
        try {
            Schedule schedule = shape();
            if (accept("during")) {
                if (!(schedule instanceof Curve curve)) {
                    throw new ParfocalException("'during' does not go with one-cycle");
                }
                schedule = curve.during(number(), number("to"));
            }
            if (accept("warmup")) {
                schedule = schedule.warmup(number(), number("from"));
            }
            if (!words.isEmpty()) {
                throw new ParfocalException("'" + words.peek() + "' is not expected here");
            }
            return schedule;
        } catch (ParfocalException e) {
            throw new ParfocalException("schedule '" + text + "': " + e.getMessage());
        }
    }

    private Schedule shape() {
        String word = words.isEmpty() ? "" : words.peek();
        if (word.isEmpty() || !Character.isLetter(word.charAt(0))) {
            return new Constant(number());
        }
        Function<ScheduleParser, Schedule> shape = SHAPES.get(words.pop().replace('_', '-'));
        if (shape == null) {
            throw new ParfocalException(
                    "there is no schedule " + word + "; there are " + String.join(", ", SHAPES.keySet()));
        }
        return shape.apply(this);
    }

    private List<Knot> knotsAfterComma() {
        return accept(",") ? knots() : List.of();
    }

    private List<Knot> knots() {
        List<Knot> knots = new ArrayList<>();
        do {
            knots.add(new Knot(number(), number("at")));
        } while (accept(","));
        return knots;
    }

    private boolean accept(String word) {
        if (word.equals(words.peek())) {
            words.pop();
            return true;
        }
        return false;
    }

    /** A number behind a word. */
    private double number(String after) {
        if (!accept(after)) {
            throw new ParfocalException("'" + after + "' and a number are expected " + place());
        }
        return number();
    }

    private double number() {
        String word = words.peek();
        try {
            double value = word == null ? Double.NaN : Double.parseDouble(word);
            if (!Double.isNaN(value)) {
                words.pop();
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, with the place.
        }
        throw new ParfocalException("a number is expected " + place());
    }

    private String place() {
        return words.isEmpty() ? "at the end" : "instead of '" + words.peek() + "'";
    }
}
