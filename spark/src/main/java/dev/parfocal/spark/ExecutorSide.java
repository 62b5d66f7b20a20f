package dev.parfocal.spark;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;

/** Speaks to the driver, and keeps this executor's folder for native code. Spark makes it, one for each executor. */
final class ExecutorSide implements ExecutorPlugin {
    private static volatile @Nullable ExecutorSide current;

    /** Where cluster managers tell an executor its scratch space, which they remove with the application. */
    private static final List<String> SCRATCH = List.of("SPARK_EXECUTOR_DIRS", "LOCAL_DIRS", "SPARK_LOCAL_DIRS");

    private @Nullable PluginContext context;
    private @Nullable Path natives;

    /** That of this executor. */
    static ExecutorSide here() {
        return Objects.requireNonNull(current, "the executor has no plugin");
    }

    @Override
    public void init(PluginContext plugin, Map<String, String> more) {
        context = plugin;
        current = this;
    }

    /** Asks the driver. */
    String ask(Word word) throws Exception {
        return (String) Objects.requireNonNull(context).ask(word);
    }

    /** A folder for native libraries, of this executor alone. */
    synchronized Path natives() throws IOException {
        if (natives == null) {
            Path scratch = SCRATCH.stream()
                    .map(System::getenv)
                    .filter(dirs -> dirs != null && !dirs.isBlank())
                    .map(dirs -> Path.of(dirs.split("[," + File.pathSeparator + "]")[0]))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
            natives = Files.createTempDirectory(scratch, "parfocal-natives-");
        }
        return natives;
    }

    @Override
    public synchronized void shutdown() {
        current = null;
        if (natives == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(natives)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            // The cluster manager clears its scratch space too.
        }
    }
}
