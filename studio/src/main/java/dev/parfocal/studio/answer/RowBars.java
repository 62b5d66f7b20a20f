package dev.parfocal.studio.answer;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.check.Answer;
import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A row loss on one distribution. */
public final class RowBars {

    private RowBars() {}

    /**
     * What the page asks for.
     *
     * @param loss of rows
     * @param logits of one row
     * @param target what every given input is, held inside its range
     */
    public record Request(Choice loss, double[] logits, double target) {}

    /**
     * The row.
     *
     * @param softmax {@code [bins]}
     * @param gradient {@code [bins]} the derivative by each logit
     * @param mean the expectation of the bin
     */
    public record Bars(String name, double value, double[] softmax, double[] gradient, double mean) {}

    /**
     * A request for several losses on one row.
     *
     * @param losses of rows; one for rows of any length takes the row's
     */
    public record Several(List<Choice> losses, double[] logits, double target) {}

    /** Values and gradients, but of losses whose rows have another length. */
    public static List<Bars> of(Several request) {
        if (request.losses().size() > Curves.MOST_LOSSES || request.logits().length > Choice.LONGEST_ROW) {
            throw new ParfocalException("the studio draws " + Curves.MOST_LOSSES + " losses on rows of "
                    + Choice.LONGEST_ROW + " numbers at most");
        }
        List<Bars> all = new ArrayList<>();
        for (Choice choice : request.losses()) {
            Loss loss = choice.loss();
            if (loss.kind() != Kind.ROW) {
                throw new ParfocalException(loss.name() + " is no loss of rows: it takes no rows");
            }
            if (loss.rowParameter().isPresent() || loss.predicted().get(0).length() == request.logits().length) {
                all.add(bars(loss.withRowLength(request.logits().length), request.logits(), request.target()));
            }
        }
        return all;
    }

    /** Its value and gradient. */
    public static Bars of(Request request) {
        return bars(request.loss().loss(), request.logits(), request.target());
    }

    private static Bars bars(Loss loss, double[] logits, double target) {
        if (loss.kind() != Kind.ROW) {
            throw new ParfocalException(loss.name() + " is no loss of rows");
        }
        if (logits.length != loss.predicted().get(0).length()) {
            throw new ParfocalException(loss.name() + " reads rows of "
                    + loss.predicted().get(0).length() + " logits, not of " + logits.length);
        }
        Answer answer = new Oracle(loss.program()).at(logits, Curves.given(loss, target));
        double[] softmax = softmax(logits);
        double mean = 0;
        for (int i = 0; i < softmax.length; i++) {
            mean += i * softmax[i];
        }
        return new Bars(loss.name(), answer.value(), softmax, answer.gradient(), mean);
    }

    private static double[] softmax(double[] logits) {
        double largest = Arrays.stream(logits).max().orElse(0);
        double[] shares =
                Arrays.stream(logits).map(logit -> Math.exp(logit - largest)).toArray();
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }
}
