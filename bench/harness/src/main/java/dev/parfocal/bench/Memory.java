package dev.parfocal.bench;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a call takes of memory: the Java heap's own count, and the growth of the process that Linux sees. */
final class Memory {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Path STATUS = Path.of("/proc/self/status");

    private Memory() {}

    /** Bytes that all live threads have allocated on the heap so far. */
    static long allocated() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }

    /** Bytes that the process grows by, at most, during a call; -1 where the system does not say. */
    static long peak(Contestant.Call call) {
        try {
            Files.writeString(Path.of("/proc/self/clear_refs"), "5");
            long before = kilobytes("VmRSS:");
            call.run();
            return Math.max(0, kilobytes("VmHWM:") - before) * 1024;
        } catch (IOException e) {
            return -1;
        }
    }

    private static long kilobytes(String field) throws IOException {
        try (Stream<String> lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow(() -> new IOException(field + " is missing in " + STATUS));
        }
    }
}
