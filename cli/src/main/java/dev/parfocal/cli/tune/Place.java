package dev.parfocal.cli.tune;

import dev.parfocal.cli.LoggingSetup;
import dev.parfocal.cli.Main;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.ProcessTrials;
import dev.parfocal.tune.run.Program;
import dev.parfocal.tune.run.ThreadTrials;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.run.Trials;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where trials run.
 *
 * @param slots how many at once; 0 if a cluster decides
 * @param cluster that knows the place, unless it is this machine alone
 */
public record Place(String text, int slots, Optional<Cluster> cluster, Map<String, String> settings, TimeLimit limit) {
    private static final Pattern HERE = Pattern.compile("(threads|processes):([1-9]\\d{0,2})");
    private static final Pattern SPARK = Pattern.compile("(spark:|local\\b).*");

    /** Options of this Java that are no business of a trial's: it has no descriptor 3, and runs no Spark. */
    private static final List<String> OWN_OPTIONS = List.of(
            "-Dparfocal.stderr",
            "-Dparfocal.class.path",
            "-agentlib",
            "--add-opens",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-Dio.netty.",
            "-Djdk.reflect.");

    /**
     * Reads it.
     *
     * @param settings of a cluster's software
     * @throws ParfocalException if it is no place, or nobody answers there
     */
    public static Place parse(String text, Map<String, String> settings, TimeLimit limit) {
        Matcher here = HERE.matcher(text);
        if (here.matches()) {
            if (!settings.isEmpty()) {
                throw new ParfocalException(
                        "--spark " + settings.keySet().iterator().next() + ": is for trials on Spark, and --on " + text
                                + " is not");
            }
            return new Place(text, Integer.parseInt(here.group(2)), Optional.empty(), settings, limit);
        }
        if (!SPARK.matcher(text).matches()) {
            throw new ParfocalException("--on " + text + ": trials run on threads:N, processes:N, spark://HOST:PORT or"
                    + " local[N] (Spark in this program), as in processes:2");
        }
        Optional<Cluster> cluster = ServiceLoader.load(Cluster.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(each -> each.knows(text))
                .findFirst();
        if (cluster.isEmpty()) {
            throw new ParfocalException("--on " + text + ": Spark is not on the class path; ./parfocal brings it, a"
                    + " program of your own needs parfocal-spark and spark-core");
        }
        cluster.get().check(text);
        return new Place(text, 0, cluster, settings, limit);
    }

    /** How many threads a trial has unless the user says otherwise. */
    public int threads() {
        return cluster.map(each -> each.threads(settings))
                .orElseGet(() -> Math.max(1, Runtime.getRuntime().availableProcessors() / slots));
    }

    /** The place, ready; {@code words} are the command line of a program that does one trial. */
    public Trials trials(TrainingObjective objective, List<String> words, Consumer<String> say) {
        if (cluster.isPresent()) {
            LoggingSetup.sendOthersTo(objective.study().resolve("spark.log"));
            return cluster.get().open(request(objective, program(words), say));
        }
        return text.startsWith("threads")
                ? new ThreadTrials(slots, objective, limit)
                : new ProcessTrials(
                        slots,
                        program(words).command(),
                        trial -> TrainingObjective.folder(objective.study(), trial)
                                .resolveSibling(String.format(Locale.ROOT, "%04d.log", trial)),
                        limit);
    }

    private Cluster.Request request(TrainingObjective objective, Program program, Consumer<String> say) {
        Path data = objective.base().data().source().toAbsolutePath();
        return new Cluster.Request(
                text,
                program,
                objective.study(),
                List.of(data),
                objective.base().resolvedThreads(),
                limit,
                settings,
                say);
    }

    /** This program again, with other words: the same options and class path, without Spark's part of it. */
    private static Program program(List<String> words) {
        List<String> options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> OWN_OPTIONS.stream().noneMatch(option::startsWith))
                .toList();
        String path = System.getProperty("parfocal.class.path", System.getProperty("java.class.path"));
        return new Program(options, List.of(path.split(File.pathSeparator)), Main.class.getName(), words);
    }
}
