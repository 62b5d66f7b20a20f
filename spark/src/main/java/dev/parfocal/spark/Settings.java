package dev.parfocal.spark;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.Cluster;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;

/** The settings of the application that runs a study: the user's, what trials need, and quiet defaults. */
final class Settings {
    static final String TASK_CPUS = "spark.task.cpus";
    private static final String PLUGINS = "spark.plugins";
    private static final String JARS = "spark.jars";

    private Settings() {}

    static SparkConf of(Master master, Cluster.Request request) {
        SparkConf conf = new SparkConf();
        request.settings().forEach((key, value) -> {
            if (!key.startsWith("spark.")) {
                throw new ParfocalException("--spark " + key + ": settings of Spark begin with 'spark.'");
            }
            conf.set(key, value);
        });
        String threads = Integer.toString(request.threads());
        if (!conf.get(TASK_CPUS, threads).equals(threads)) {
            throw new ParfocalException("--threads " + threads + " and --spark " + TASK_CPUS + "=" + conf.get(TASK_CPUS)
                    + " say different things: give one of them");
        }
        conf.setMaster(master.url()).set(TASK_CPUS, threads).set("spark.speculation", "false");
        conf.set(PLUGINS, joined(conf.get(PLUGINS, ""), TrialPlugin.class.getName()));
        conf.setIfMissing("spark.app.name", "parfocal tune " + request.folder().getFileName());
        conf.setIfMissing("spark.ui.enabled", "false");
        // Executors only pass messages on; the trials' processes have memory of their own.
        conf.setIfMissing("spark.executor.memory", "512m");
        if (master.isHere()) {
            conf.setIfMissing("spark.driver.host", "127.0.0.1").setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        } else {
            conf.set(JARS, joined(conf.get(JARS, ""), jars(request)));
        }
        return conf;
    }

    private static String joined(String first, String second) {
        return first.isEmpty() ? second : first + "," + second;
    }

    /** What Spark brings to the executors: the program of a trial, and this module. */
    private static String jars(Cluster.Request request) {
        Set<String> paths = new LinkedHashSet<>(request.program().classPath());
        for (Class<?> each : new Class<?>[] {TrialTask.class, Cluster.class}) {
            paths.add(jar(each));
        }
        return paths.stream()
                .filter(path -> Files.isRegularFile(Path.of(path)))
                .map(path -> new File(path).toURI().toString().replace(",", "%2C"))
                .collect(Collectors.joining(","));
    }

    private static String jar(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        try {
            return Path.of(source.getLocation().toURI()).toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
