package dev.parfocal.cli.command;

import dev.parfocal.cli.text.Durations;
import dev.parfocal.cli.tune.Place;
import dev.parfocal.tune.run.TimeLimit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where trials run, and how long they may. */
final class PlaceFlags {

    @Option(
            names = "--on",
            paramLabel = "PLACE",
            description = "Where trials run: threads:N or processes:N here, spark://HOST:PORT on a cluster of Apache "
                    + "Spark, local[N] on Spark in this program. Default: ${DEFAULT-VALUE}.")
    private String on = "threads:1";

    @Option(
            names = "--spark",
            paramLabel = "KEY=VALUE",
            description = "A setting of Spark, as spark.cores.max=8. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--trial-timeout",
            paramLabel = "TIME",
            description = "A trial that takes longer has failed: 90s, 30m, 1h30m. Default: none.")
    private @Nullable String timeout;

    Place place() {
        return Place.parse(
                on,
                settings,
                timeout == null ? TimeLimit.NONE : TimeLimit.of(Durations.parsed("--trial-timeout", timeout)));
    }
}
