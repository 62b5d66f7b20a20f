package dev.parfocal.bench;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.LossFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Measures the first calls of a fresh JVM: is there a stall before the compiled form is warm? */
public final class FirstCall {

    private static final int CALLS = 200;
    private static final int THREADS = 2;

    private FirstCall() {}

    /** {@code FirstCall RESULTS.jsonl vector|scalar cold|warmed}: warmed on a small batch first, or not. */
    public static void main(String[] arguments) throws IOException {
        double load = Machine.loadAverage();
        Inputs inputs = Inputs.create();
        Backend backend = Backend.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        boolean warmed = arguments[2].equals("warmed");
        double[] calls = new double[CALLS];
        long start = System.nanoTime();
        LossFunction function = LossFunction.of(Catalogue.get(Case.FOCAL_SPARSE.loss()), backend, THREADS);
        if (warmed) {
            Ours.warm(function, inputs);
        }
        Contestant.Call call = Ours.of(function, backend, THREADS, "float[]", Case.FOCAL_SPARSE, inputs)
                .call();
        double preparation = (System.nanoTime() - start) / 1e6;
        start = System.nanoTime();
        for (int i = 0; i < CALLS; i++) {
            call.run();
            long end = System.nanoTime();
            calls[i] = (end - start) / 1e6;
            start = end;
        }
        double worst = Arrays.stream(calls, 1, CALLS).max().orElseThrow();
        double steady = Timing.median(calls, CALLS / 2, CALLS);
        Path file = Path.of(arguments[0]);
        Results.append(
                file,
                new FirstCalls(
                        arguments[1] + ", " + arguments[2], THREADS, preparation, calls[0], calls[1], worst, steady));
        Results.append(file, Machine.now("first call, " + arguments[1] + ", " + arguments[2], "no engine", load));
    }
}
