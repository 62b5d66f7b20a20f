package dev.parfocal.core.kernel;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    /** Code that is not warm after both this time and many runs will not be; a busy machine gets more time. */
    private static final long SHORT_TIME = 5_000_000_000L;

    private static final int MANY_RUNS = 50_000;
    private static final long TIME_LIMIT = 30_000_000_000L;
    /** While the compiler finishes something every so often it has others to serve first, and this code's turn may come. */
    private static final long QUIET = 3_000_000_000L;

    private static final long BUSY_TIME = 12_000_000_000L;
    /** The fewest steps that are worth code of their own. */
    private static final int SHORTEST = 8;
    /** In bodies longer than this, constants are made before the loop if at all possible. */
    private static final int LONG = 160;
    /** Less than this is the measurement's own; boxed vectors would be a hundred times as much. */
    private static final long NOISE = 1024;

    /** The most steps of a body that is tried; only the thread that compiles changes it. */
    private static int longest = VectorModule.takesLongBodies() ? Integer.MAX_VALUE / 4 : LONG;

    private static final int CALM_RUNS = 8;
    /** After so many runs the compiler has been called; from then on it gets the processor. */
    private static final int HURRIED_RUNS = 4000;

    private static final int RUNS_BETWEEN_PAUSES = 64;

    private static final com.sun.management.@Nullable ThreadMXBean COUNTER =
            ManagementFactory.getThreadMXBean() instanceof com.sun.management.ThreadMXBean bean ? bean : null;

    private static final @Nullable CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

    /** Code that nobody holds any more while it waits is not compiled. */
    private static final BlockingQueue<WeakReference<Part>> WAITING = new LinkedBlockingQueue<>();

    static {
        Thread thread = new Thread(Warmup::serve, "parfocal-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private Warmup() {}

    /** Asks for a part's vector code. */
    static void request(Part part) {
        part.expect();
        WAITING.add(new WeakReference<>(part));
    }

    private static void serve() {
        try {
            while (true) {
                Part part = WAITING.take().get();
                if (part != null) {
                    serve(part);
                }
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

    /**
     * Warm code of a part: in one body, or in pieces if that does not compile well. The compiler of Java 17 stops inlining in
     * the midst of a long body, and how much it takes depends on what ran before: there a long body is not even tried, and
     * what failed once in this virtual machine is not tried again.
     */
    private static @Nullable Kernel warm(Part part) throws InterruptedException {
        Plan plan = part.plan();
        int steps = plan.order().size();
        int fewest = steps <= longest ? 1 : 2 * (steps / (2 * longest) + 1);
        for (int pieces = fewest; pieces == 1 || steps / pieces >= SHORTEST; pieces *= 2) {
            Kernel kernel = pieces == 1
                    ? warm(plan, part.vectorMemories(), steps > LONG)
                    : warmPieces(plan, part.vectorMemories(), steps / pieces);
            if (kernel != null) {
                return kernel;
            }
            longest = Math.max(2 * SHORTEST, Math.min(longest, steps / pieces - 1));
        }
        LOG.warn(
                "vector code of {} does not compile well on this Java, plain code stays in use",
                steps == 1 ? "1 step" : steps + " steps");
        return null;
    }

    static @Nullable Kernel warmPieces(Plan plan, List<Memory> memories, int size) throws InterruptedException {
        List<Section> sections = Section.cut(plan, size);
        int scratch = Section.scratch(plan, sections);
        List<Memory> all = new ArrayList<>(memories);
        all.addAll(Collections.nCopies(scratch, Memory.HEAP));
        List<Stages.Stage> stages = new ArrayList<>();
        for (Section section : sections) {
            Kernel kernel = warm(
                    section.plan(), section.columns().stream().map(all::get).toList(), true);
            if (kernel == null) {
                return null;
            }
            stages.add(new Stages.Stage(kernel, section.columns()));
        }
        return new Stages(stages, plan.columns(), scratch);
    }

    /**
     * Warm code in one body, with constants inside or before its loop. Inside is mostly faster; before, the compiler has
     * less to do, which lets it finish a body that is long or stores much.
     */
    private static @Nullable Kernel warm(Plan plan, List<Memory> memories, boolean hoistFirst)
            throws InterruptedException {
        for (boolean hoist : new boolean[] {hoistFirst, !hoistFirst}) {
            Dialect dialect = new VectorDialect(VectorModule.width());
            Kernel kernel = HiddenClasses.instance(KernelWriter.write(plan, memories, dialect, hoist));
            long begin = System.nanoTime();
            boolean isWarm = isWarmAfterRunning(kernel, plan, memories);
            LOG.debug(
                    "vector code of {} steps, constants {} its loop, {} after {} ms",
                    plan.order().size(),
                    hoist ? "before" : "in",
                    isWarm ? "warm" : "given up",
                    (System.nanoTime() - begin) / 1_000_000);
            if (isWarm) {
                return kernel;
            }
        }
        return null;
    }

    private static boolean isWarmAfterRunning(Kernel kernel, Plan plan, List<Memory> memories)
            throws InterruptedException {
        Object[] memory = memories.stream().map(Warmup::memory).toArray();
        int[] start = new int[memory.length];
        float[] arguments = new float[plan.arguments()];
        float[] sums = new float[Plan.LANES];
        Patience patience = new Patience();
        int calm = 0;
        for (int run = 1; calm < CALM_RUNS && patience.lasts(run); run++) {
            int count = calm == 0 ? SMALL : CompiledKernel.TILE;
            long before = allocated();
            kernel.run(memory, start, count, arguments, sums);
            calm = allocated() - before <= NOISE ? calm + 1 : 0;
            if (run > HURRIED_RUNS && calm == 0 && run % RUNS_BETWEEN_PAUSES == 0) {
                Thread.sleep(2);
                patience.look();
            }
        }
        return calm == CALM_RUNS;
    }

    /** How long to wait for the compiler. */
    private static final class Patience {

        private final long begin = System.nanoTime();
        private long compiled = compiled();
        private long lastCompiled = begin;

        /** Looks whether the compiler has finished anything. */
        void look() {
            long now = compiled();
            if (now != compiled) {
                compiled = now;
                lastCompiled = System.nanoTime();
            }
        }

        boolean lasts(int runs) {
            long now = System.nanoTime();
            long age = now - begin;
            boolean isCompilerBusy = now - lastCompiled < QUIET;
            return age < SHORT_TIME || runs < MANY_RUNS && age < TIME_LIMIT || isCompilerBusy && age < BUSY_TIME;
        }

        /** Milliseconds that the compiler has spent on what it has finished. */
        private static long compiled() {
            return COMPILER != null && COMPILER.isCompilationTimeMonitoringSupported()
                    ? COMPILER.getTotalCompilationTime()
                    : 0;
        }
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
