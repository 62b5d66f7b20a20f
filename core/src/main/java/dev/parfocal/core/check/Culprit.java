package dev.parfocal.core.check;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.language.FormulaPrinter;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Textbook;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sub-expression that makes a loss no number at a point, while its operands are numbers: in the words of the loss's text if
 * its value is none, else in those of the derived gradient.
 *
 * @param expression the sub-expression
 * @param value what it is there: NaN or an infinity
 */
public record Culprit(String expression, double value) {

    /** As many lines of a derived gradient are shown. */
    private static final int MOST_LINES = 8;

    /** Finds it at a point where value or gradient is not finite. */
    public static Culprit of(Loss loss, double[] predicted, double[] given) {
        Textbook text = loss.textbook();
        Oracle written = new Oracle(text.program());
        if (!Double.isFinite(written.at(predicted, given).value())) {
            Node node = written.culprit();
            return new Culprit(FormulaPrinter.expression(node, namesBelow(node, text.names())), written.number(node));
        }
        Oracle derived = new Oracle(loss.program());
        derived.at(predicted, given);
        Node node = derived.culprit();
        return new Culprit(lines(FormulaPrinter.print(Map.of("", node), Map.of())), derived.number(node));
    }

    /** A node that has a name itself is shown by what it stands for. */
    private static Map<Node, String> namesBelow(Node node, Map<Node, String> names) {
        Map<Node, String> below = new HashMap<>(names);
        below.remove(node);
        return below;
    }

    private static String lines(List<String> lines) {
        int last = lines.size() - 1;
        if (last == 0) {
            return lines.get(0);
        }
        String rest = String.join(", ", lines.subList(Math.max(0, last - MOST_LINES), last));
        return lines.get(last) + ", where " + (last > MOST_LINES ? "…, " : "") + rest + ",";
    }

    /** A clause such as {@code log(target / p) is -infinity}. */
    @Override
    public String toString() {
        return expression + " is " + Numbers.shown(value);
    }
}
