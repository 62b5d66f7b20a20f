package dev.parfocal.core.check;

import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Checks a loss the way its author would if there were time: with the parameters that it has, and with each of them at each
 * end of its range.
 */
public final class LossCheck {

    private static final int POINTS = 200;
    private static final int FEWEST_POINTS = 30;
    private static final int NUMBERS = 20_000;
    private static final long SEED = 7;

    private LossCheck() {}

    /** Runs every check. The same loss gives the same report on every machine, but for the vector executor's presence. */
    public static LossReport run(Loss loss) {
        return run(loss, Loss::program);
    }

    /** The same, with value and gradient from somewhere else. */
    static LossReport run(Loss loss, Function<Loss, ScalarProgram> programs) {
        List<Variant> variants =
                Settings.of(loss).stream().map(each -> variant(each, programs)).toList();
        return new LossReport(
                loss, checks().stream().map(check -> check.run(variants)).toList());
    }

    /** Fewer of long rows, of which each point holds many numbers. */
    private static int points(Loss loss) {
        int width = Math.max(1, loss.predicted().get(0).length());
        return Math.max(FEWEST_POINTS, Math.min(POINTS, NUMBERS / width));
    }

    private static List<Check> checks() {
        List<Check> checks = new ArrayList<>(List.of(
                new ExampleCheck(),
                new StableFormCheck(),
                new DerivativeCheck(),
                new FinitenessCheck(),
                new SignCheck(),
                new DescentCheck(),
                new FloatCheck(Backend.SCALAR)));
        if (Backend.isVectorPresent()) {
            checks.add(new FloatCheck(Backend.VECTOR));
        }
        return checks;
    }

    private static Variant variant(Loss loss, Function<Loss, ScalarProgram> programs) {
        Samples samples = new Samples(loss, SEED);
        return new Variant(
                loss,
                loss.textbook().program(),
                programs.apply(loss),
                samples.moderate(points(loss)),
                samples.plain(),
                samples.extreme());
    }
}
