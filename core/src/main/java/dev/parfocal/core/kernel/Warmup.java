package dev.parfocal.core.kernel;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles vector code in the background. Until the virtual machine has compiled it to the end, vector code makes an object
 * of every vector and is thousands of times slower than plain code; so it is run on small tiles until it allocates no more,
 * and only then handed to the kernels. Code that never comes to that stays unused.
 */
final class Warmup {

    private static final Logger LOG = LoggerFactory.getLogger(Warmup.class);
    private static final int SMALL = 64;
    private static final long TIME_LIMIT = 30_000_000_000L;
    /** Less than this is the measurement's own; boxed vectors would be a hundred times as much. */
    private static final long NOISE = 1024;

    private static final int CALM_RUNS = 8;
    /** After so many runs the compiler has been called; from then on it gets the processor. */
    private static final int HURRIED_RUNS = 4000;

    private static final int RUNS_BETWEEN_PAUSES = 64;

    private static final com.sun.management.@Nullable ThreadMXBean COUNTER =
            ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean ? bean : null;

    private static final BlockingQueue<Part> WAITING = new LinkedBlockingQueue<>();

    static {
        Thread thread = new Thread(Warmup::serve, "parfocal-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private Warmup() {}

    /** Asks for a part's vector code. */
    static void request(Part part) {
        part.expect();
        WAITING.add(part);
    }

    private static void serve() {
        try {
            while (true) {
                serve(WAITING.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void serve(Part part) throws InterruptedException {
        try {
            Kernel warm = warm(part);
            if (warm == null) {
                part.giveUp();
            } else {
                part.swapIn(warm);
            }
        } catch (RuntimeException | LinkageError e) {
            part.giveUp();
            LOG.warn("vector code could not be made, plain code stays in use", e);
        }
    }

    private static @Nullable Kernel warm(Part part) throws InterruptedException {
        for (boolean hoist : new boolean[] {false, true}) {
            byte[] bytes = KernelWriter.write(
                    part.plan(), part.vectorMemories(), new VectorDialect(VectorModule.width()), hoist);
            Kernel kernel = HiddenClasses.instance(bytes);
            if (isWarmAfterRunning(kernel, part)) {
                return kernel;
            }
        }
        LOG.warn(
                "vector code of {} steps does not compile well on this Java, plain code stays in use",
                part.plan().order().size());
        return null;
    }

    private static boolean isWarmAfterRunning(Kernel kernel, Part part) throws InterruptedException {
        Object[] memory = part.vectorMemories().stream().map(Warmup::memory).toArray();
        int[] start = new int[memory.length];
        float[] arguments = new float[part.plan().arguments()];
        float[] sums = new float[Plan.LANES];
        long end = System.nanoTime() + TIME_LIMIT;
        int calm = 0;
        for (int run = 1; calm < CALM_RUNS && System.nanoTime() < end; run++) {
            int count = calm == 0 ? SMALL : CompiledKernel.TILE;
            long before = allocated();
            kernel.run(memory, start, count, arguments, sums);
            calm = allocated() - before <= NOISE ? calm + 1 : 0;
            if (run > HURRIED_RUNS && calm == 0 && run % RUNS_BETWEEN_PAUSES == 0) {
                Thread.sleep(2);
            }
        }
        return calm == CALM_RUNS;
    }

    private static Object memory(Memory memory) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(CompiledKernel.TILE * Float.BYTES).order(ByteOrder.nativeOrder());
        return switch (memory) {
            case HEAP -> new float[CompiledKernel.TILE];
            case FLOATS -> bytes.asFloatBuffer();
            case BYTES -> bytes;
            case SEGMENT -> VectorModule.segment(bytes);
        };
    }

    private static long allocated() {
        return COUNTER == null
                ? 0
                : COUNTER.getThreadAllocatedBytes(Thread.currentThread().getId());
    }
}
