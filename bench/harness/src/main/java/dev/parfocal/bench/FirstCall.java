package dev.parfocal.bench;

import dev.parfocal.core.kernel.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Measures the first calls of a fresh JVM: is there a stall before the compiled form is warm? */
public final class FirstCall {

    private static final int CALLS = 200;
    private static final int THREADS = 2;

    private FirstCall() {}

    /** {@code FirstCall RESULTS.jsonl vector|scalar} */
    public static void main(String[] arguments) throws IOException {
        double load = Machine.loadAverage();
        Inputs inputs = Inputs.create();
        Backend backend = Backend.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        double[] calls = new double[CALLS];
        long start = System.nanoTime();
        Contestant.Call call =
                Ours.of(backend, THREADS, "float[]", Case.FOCAL_SPARSE, inputs).call();
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
        Results.append(file, new FirstCalls(arguments[1], THREADS, preparation, calls[0], calls[1], worst, steady));
        Results.append(file, Machine.now("first call, " + arguments[1], "no engine", load));
    }
}
