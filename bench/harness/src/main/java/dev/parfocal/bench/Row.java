package dev.parfocal.bench;

/**
 * One contestant's figures in one case of one process: a line of the result file.
 *
 * @param process the JVM it ran in: {@code libtorch}, {@code djl}, {@code first call}
 * @param allocator the C allocator's setting: {@code tuned} or {@code default}
 * @param median milliseconds
 * @param best milliseconds
 * @param rounds how many calls were timed
 * @param allocated bytes of Java heap per call, all threads
 * @param peak bytes that the process grew by during a call; -1 if not measured
 * @param value what it computed
 */
public record Row(
        String process,
        String allocator,
        Case subject,
        String contestant,
        int threads,
        String memory,
        double median,
        double best,
        int rounds,
        long allocated,
        long peak,
        double value) {

    /** The contestant with threads and memory, as tables show it. */
    public String label() {
        return contestant + ", " + threads + (threads == 1 ? " thread, " : " threads, ") + memory;
    }
}
