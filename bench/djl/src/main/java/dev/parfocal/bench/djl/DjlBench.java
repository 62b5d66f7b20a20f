package dev.parfocal.bench.djl;

import dev.parfocal.bench.Bench;
import java.io.IOException;

/** The process in which DJL runs beside ours. */
public final class DjlBench {

    private DjlBench() {}

    public static void main(String[] arguments) throws IOException {
        Bench.run("djl", DjlRivals::new, arguments);
    }
}
