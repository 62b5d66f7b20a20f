package dev.parfocal.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where and how a process measured: a line of the result file.
 *
 * @param load the one-minute load average when the process began and when it ended
 * @param environment the settings of the C allocator and of OpenMP
 */
public record Machine(
        String process,
        String cpu,
        int cores,
        String os,
        String jdk,
        List<String> flags,
        List<String> environment,
        String engine,
        String date,
        List<Double> load) {

    private static final List<String> SETTINGS =
            List.of("MALLOC_ARENA_MAX", "MALLOC_MMAP_MAX_", "MALLOC_TRIM_THRESHOLD_", "OMP_NUM_THREADS");

    /** This machine, as a process that is about to end leaves it. */
    static Machine now(String process, String engine, double loadAtStart) {
        return new Machine(
                process,
                cpuModel(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
                ManagementFactory.getRuntimeMXBean().getInputArguments(),
                SETTINGS.stream()
                        .filter(name -> System.getenv(name) != null)
                        .map(name -> name + "=" + System.getenv(name))
                        .toList(),
                engine,
                Instant.now().truncatedTo(ChronoUnit.MINUTES).toString(),
                List.of(loadAtStart, loadAverage()));
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String cpuModel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).trim())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
