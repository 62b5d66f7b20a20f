package dev.parfocal.bench.torch;

import dev.parfocal.bench.Bench;
import java.io.IOException;

/** The process in which eager libtorch runs beside ours. */
public final class TorchBench {

    private TorchBench() {}

    public static void main(String[] arguments) throws IOException {
        Bench.run("libtorch", TorchRivals::new, arguments);
    }
}
