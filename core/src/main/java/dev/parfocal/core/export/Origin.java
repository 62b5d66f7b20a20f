package dev.parfocal.core.export;

import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in the first lines of an exported file where it comes from. */
final class Origin {

    private static final String MARK = "exported by Parfocal ";

    private Origin() {}

    /** What a file begins with: each line after {@code comment}. */
    static List<String> lines(Loss loss, String version, String comment) {
        List<String> lines = new ArrayList<>();
        lines.add("The loss " + loss.name() + ", " + MARK + version + ". Change the loss's text, and export again.");
        lines.add("");
        lines.add(parameters(loss));
        lines.add("The text:");
        lines.add("");
        loss.text().stripTrailing().lines().forEach(line -> lines.add("    " + line));
        return lines.stream().map(line -> commented(line, comment)).toList();
    }

    /** A backslash at a line's end would make the next one a comment. */
    private static String commented(String line, String comment) {
        String text = (comment + " " + line).stripTrailing();
        return text.endsWith("\\") ? text + " ." : text;
    }

    /** Whether a file with this first line is an export. */
    static boolean isIn(String line) {
        return line.contains(MARK);
    }

    private static String parameters(Loss loss) {
        List<String> values = Stream.concat(
                        loss.parameters().stream().map(Parameter::name),
                        loss.states().stream().map(State::name).map(name -> name))
                .map(name -> name + " = " + Numbers.shown(loss.parameter(name)))
                .collect(Collectors.toList());
        return values.isEmpty() ? "It has no parameters." : "Parameters: " + String.join(", ", values) + ".";
    }
}
