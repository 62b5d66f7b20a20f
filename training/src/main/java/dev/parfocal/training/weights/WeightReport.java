package dev.parfocal.training.weights;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.Fate.Kind;
import dev.parfocal.training.weights.file.PlainName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a file's tensors and a model's weights fit together.
 *
 * @param origin of the tensors
 * @param model the model's name
 * @param published whose weights the file's look like, if that is known
 * @param fates of all of the model's weights, in its order
 * @param leftOver names in the file that the model has no weight for
 * @param unused names in the file that are known to be of no use here, such as counters of batches
 */
public record WeightReport(
        String origin,
        String model,
        Optional<Published> published,
        List<Fate> fates,
        List<String> leftOver,
        List<String> unused) {
    private static final int SHOWN = 8;

    /** The weights of this fate. */
    public List<Fate> of(Kind kind) {
        return fates.stream().filter(f -> f.kind() == kind).toList();
    }

    /** Whether every weight is loaded or starts anew for a reason, and nothing is left over. */
    public boolean fits() {
        return of(Kind.LOADED).size() + of(Kind.PARTLY).size() > 0
                && of(Kind.MISSING).isEmpty()
                && of(Kind.OTHER_SHAPE).isEmpty()
                && leftOver.isEmpty();
    }

    /**
     * Insists that the weights fit.
     *
     * @throws ParfocalException if they do not; the message says whose they look like and names examples
     */
    public void requireFit() {
        requireFit(Map.of());
    }

    /**
     * The same, where the file shows measures of the model, by key; the message names them.
     */
    public void requireFit(Map<String, Object> measures) {
        if (!fits()) {
            throw new ParfocalException(
                    origin + " does not fit the model " + model + ": " + reasons() + ". " + advice(measures));
        }
    }

    /**
     * Insists that every weight is loaded whole, as a model needs it that is not trained further.
     *
     * @throws ParfocalException if one starts anew, wholly or in part
     */
    public void requireComplete() {
        requireFit();
        List<Fate> anew = Stream.of(Kind.ANEW, Kind.PARTLY)
                .flatMap(kind -> of(kind).stream())
                .toList();
        if (!anew.isEmpty()) {
            throw new ParfocalException(origin + " has not all weights of the model " + model + ": " + anew.size()
                    + " would start anew (" + anew.get(0) + (anew.size() > 1 ? ", …" : "")
                    + "), for other classes or without a head; train on from it with --weights");
        }
    }

    private String reasons() {
        if (of(Kind.LOADED).isEmpty() && of(Kind.PARTLY).isEmpty()) {
            return "no tensor has the name and shape of one of its weights";
        }
        return Stream.of(
                        reason(
                                "missing",
                                of(Kind.MISSING).stream().map(Fate::name).toList()),
                        reason(
                                "of another shape",
                                of(Kind.OTHER_SHAPE).stream()
                                        .map(Fate::toString)
                                        .toList()),
                        reason("left over", leftOver))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
    }

    private static Optional<String> reason(String what, List<String> names) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(names.size() + " " + what + " (" + PlainName.of(names.get(0))
                        + (names.size() > 1 ? ", …" : "") + ")");
    }

    private String advice(Map<String, Object> measures) {
        String looks = published.map(p -> "It looks like " + p.title() + "; ").orElse("");
        Optional<String> other = published.flatMap(Published::model).filter(name -> !name.equals(model));
        return looks
                + other.map(name -> "use --model " + name + " or other weights")
                        .orElse("use weights of this architecture and size" + shown(measures))
                + " (./parfocal weights FILE --model NAME shows all)";
    }

    private static String shown(Map<String, Object> measures) {
        return measures.isEmpty()
                ? ", or give the model the file's size"
                : measures.entrySet().stream()
                        .map(each -> each.getKey() + "=" + each.getValue())
                        .collect(Collectors.joining(", ", ", or give the model the file's measures: ", ""));
    }

    /** The counts in one line. */
    public String line() {
        return "weights from " + origin
                + published.map(p -> " (" + p.title() + ")").orElse("") + ": "
                + Stream.of(Kind.values())
                        .filter(kind -> !of(kind).isEmpty())
                        .map(kind -> of(kind).size() + " " + kind.title())
                        .collect(Collectors.joining(", "))
                + (leftOver.isEmpty() ? "" : ", " + leftOver.size() + " left over");
    }

    /**
     * A table of counts with names.
     *
     * @param all whether to list every name, not the first few
     */
    public String table(boolean all) {
        StringBuilder text = new StringBuilder(line().substring(0, line().lastIndexOf(": "))).append('\n');
        for (Kind kind : Kind.values()) {
            List<Fate> these = of(kind);
            long elements = these.stream().mapToLong(Fate::elements).sum();
            row(text, kind.title(), these.size(), kind == Kind.LOADED ? elements + " numbers" : "");
            if (kind != Kind.LOADED || all) {
                names(text, these.stream().map(Fate::toString).toList(), all);
            }
        }
        row(text, "left over", leftOver.size(), "");
        names(text, leftOver, all);
        row(text, "no use here", unused.size(), "");
        return text.toString();
    }

    private static void row(StringBuilder text, String title, int count, String detail) {
        text.append("  %-12s %5d  %s".formatted(title, count, detail).stripTrailing())
                .append('\n');
    }

    private static void names(StringBuilder text, List<String> names, boolean all) {
        int shown = all ? names.size() : Math.min(SHOWN, names.size());
        names.subList(0, shown)
                .forEach(name ->
                        text.append(" ".repeat(8)).append(PlainName.of(name)).append('\n'));
        if (shown < names.size()) {
            text.append(" ".repeat(8))
                    .append("… and ")
                    .append(names.size() - shown)
                    .append(" more\n");
        }
    }
}
