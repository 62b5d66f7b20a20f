package dev.parfocal.training.engine;

import org.bytedeco.pytorch.global.torch;

/**
 * The process-wide settings of PyTorch. Loading it costs seconds once per process, so programs that train nothing
 * never touch this class.
 */
public final class Engine {
    static {
        // One BLAS, and no limit on native memory derived from the Java heap's size.
        setIfAbsent("org.bytedeco.openblas.load", "blas");
        setIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        setIfAbsent("org.bytedeco.javacpp.maxBytes", "0");
    }

    private Engine() {}

    /**
     * Loads PyTorch, fixes its number of threads and asks for deterministic kernels, so that the same seed gives the
     * same bits on one machine.
     *
     * @param threads at least 1
     */
    public static void start(int threads) {
        torch.set_num_threads(threads);
        torch.globalContext().setDeterministicMkldnn(true);
        torch.globalContext().setDeterministicAlgorithms(true, false);
        // Nothing here reads uninitialised memory; filling it would only cost time.
        torch.globalContext().setDeterministicFillUninitializedMemory(false);
    }

    /** Version of the presets, such as 2.13.0-1.5.14. */
    public static String version() {
        String version = torch.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    private static void setIfAbsent(String name, String value) {
        if (System.getProperty(name) == null) {
            System.setProperty(name, value);
        }
    }
}
