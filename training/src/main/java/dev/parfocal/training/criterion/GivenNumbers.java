package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What training gives to a loss beside the predictions; a loss that asks for anything else is refused before the first step. */
final class GivenNumbers {
    /** A given input of this name says whether the class is the object's. */
    private static final String LABEL = "label";

    private static final List<String> CORNERS = List.of("x1", "y1", "x2", "y2");

    private GivenNumbers() {}

    /**
     * Checks what a loss reads.
     *
     * @param key of the configuration that names the loss
     * @param name of the loss there
     * @throws ParfocalException if training does not have it
     */
    static void check(String key, String name, Loss loss) {
        if (loss.isGivenRows()) {
            throw new ParfocalException(
                    key + ": " + name + " needs a row of a teacher's logits beside each predicted row, ("
                            + names(loss.predicted().stream()) + "; "
                            + names(loss.declaredGiven().stream()) + "), and training has no teacher");
        }
        switch (loss.kind()) {
            case POINTWISE ->
                require(
                        loss.given().stream().filter(given -> !isLabel(given)).count() <= 1,
                        key,
                        name,
                        loss,
                        "a target, and with the name " + LABEL + " whether the class is the object's");
            case ROW -> require(loss.given().size() == 1, key, name, loss, "one target for each row");
            case BOX ->
                require(
                        corners(loss.predicted()) && corners(loss.given()),
                        key,
                        name,
                        loss,
                        "the corners (x1, y1, x2, y2; tx1, ty1, tx2, ty2) of the predicted and the target box");
        }
    }

    /** The same for a role that has a target and nothing else. */
    static void checkTargetAlone(String key, String name, Loss loss) {
        require(loss.given().size() == 1, key, name, loss, "one target for each number");
    }

    /** The same for a role whose targets are any numbers. */
    static void checkAnyTarget(String key, String name, Loss loss) {
        checkTargetAlone(key, name, loss);
        Input target = loss.given().get(0);
        if (target.integer() || target.min() > Double.NEGATIVE_INFINITY || target.max() < Double.POSITIVE_INFINITY) {
            throw new ParfocalException(key + ": coordinates are any numbers, but " + name + " takes targets in "
                    + target.range() + "; take a loss on numbers, such as l1 or smooth_l1, or a box loss");
        }
    }

    /** Whether a loss takes no target but 0 and 1. */
    static boolean isHard(Loss loss) {
        return loss.given().stream().allMatch(Input::integer);
    }

    private static boolean isLabel(Input given) {
        return given.name().equals(LABEL);
    }

    /** Whether inputs are called like corners, perhaps with something in front. */
    private static boolean corners(List<Input> inputs) {
        return inputs.size() == CORNERS.size()
                && IntStream.range(0, CORNERS.size())
                        .allMatch(i -> inputs.get(i).name().endsWith(CORNERS.get(i)));
    }

    private static void require(boolean holds, String key, String name, Loss loss, String given) {
        if (!holds) {
            throw new ParfocalException(key + ": training gives a loss of kind "
                    + loss.kind().toString().toLowerCase(Locale.ROOT) + " " + given + ", but " + name + " reads ("
                    + names(loss.predicted().stream()) + "; "
                    + names(loss.given().stream()) + ")");
        }
    }

    private static String names(Stream<Input> inputs) {
        return inputs.map(Input::name).collect(Collectors.joining(", "));
    }
}
