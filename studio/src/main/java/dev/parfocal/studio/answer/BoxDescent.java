package dev.parfocal.studio.answer;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.check.Answer;
import dev.parfocal.core.check.Oracle;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What box losses say of a predicted box, and where descent leads it. */
public final class BoxDescent {

    private static final int STEPS = 200;
    private static final int MOST_LOSSES = 6;
    /** The rate of the first step, in squares of the target's diagonal: gradients of overlaps are of the order of 1 / size. */
    private static final double RATE = .2;
    /** The longest step, in diagonals of the target. */
    private static final double LONGEST = .05;

    private BoxDescent() {}

    /**
     * What the page asks for.
     *
     * @param losses of four coordinates each
     * @param predicted x1, y1, x2, y2
     * @param target the same
     */
    public record Request(List<Choice> losses, double[] predicted, double[] target) {}

    /**
     * One loss's view.
     *
     * @param value the loss
     * @param gradient its derivative by each predicted coordinate
     * @param path the boxes of the descent, the predicted one first
     * @param values the losses of these boxes
     */
    public record Path(String name, double value, double[] gradient, List<double[]> path, double[] values) {}

    /** The paths: {@value #STEPS} steps of gradient descent, whose rate falls to 0 as a cosine does. */
    public static List<Path> of(Request request) {
        if (request.losses().size() > MOST_LOSSES) {
            throw new ParfocalException("the studio shows " + MOST_LOSSES + " paths at most");
        }
        if (request.predicted().length != 4 || request.target().length != 4) {
            throw new ParfocalException("a box has four coordinates: x1, y1, x2, y2");
        }
        List<Path> paths = new ArrayList<>();
        request.losses().forEach(choice -> paths.add(path(corners(choice.loss()), request)));
        return paths;
    }

    private static Loss corners(Loss loss) {
        if (loss.kind() != Kind.BOX
                || loss.predicted().size() != 4
                || loss.given().size() != 4) {
            throw new ParfocalException(loss.name() + " is no loss of two boxes by their corners");
        }
        return loss;
    }

    private static Path path(Loss loss, Request request) {
        Oracle oracle = new Oracle(loss.program());
        double[] target = request.target();
        double[] box = request.predicted().clone();
        double diagonal = Math.hypot(target[2] - target[0], target[3] - target[1]);
        List<double[]> path = new ArrayList<>();
        double[] values = new double[STEPS + 1];
        Answer first = oracle.at(box, target);
        Answer at = first;
        for (int step = 0; step <= STEPS; step++) {
            path.add(box);
            values[step] = at.value();
            double rate = RATE * (1 + Math.cos(Math.PI * step / STEPS)) / 2;
            box = moved(box, at.gradient(), rate * diagonal * diagonal, LONGEST * diagonal);
            at = oracle.at(box, target);
        }
        return new Path(loss.name(), first.value(), first.gradient(), path, values);
    }

    private static double[] moved(double[] box, double[] gradient, double rate, double longest) {
        double length = rate
                * Math.sqrt(Arrays.stream(gradient).map(each -> each * each).sum());
        double factor = length > longest ? rate * longest / length : rate;
        double[] next = box.clone();
        if (Double.isFinite(length)) {
            Arrays.setAll(next, i -> box[i] - factor * gradient[i]);
        }
        return next;
    }
}
