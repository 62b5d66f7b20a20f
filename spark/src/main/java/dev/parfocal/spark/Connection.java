package dev.parfocal.spark;

import dev.parfocal.core.ParfocalException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.package$;

/** Starts an application of Spark, which would wait for a silent master longer than people do. */
final class Connection {
    /** How long a master may take to answer, from when Spark begins to ask it. */
    private static final long PATIENCE_SECONDS = 20;

    private static final long LOOK_MILLIS = 100;

    private Connection() {}

    /**
     * The running application.
     *
     * @throws ParfocalException if the master does not take it
     */
    static JavaSparkContext open(Master master, SparkConf conf) {
        FutureTask<JavaSparkContext> start = new FutureTask<>(() -> new JavaSparkContext(conf));
        Thread thread = new Thread(start, "parfocal-spark-start");
        thread.setDaemon(true);
        thread.start();
        try {
            return master.nodes().isEmpty() ? start.get() : answered(master, start);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String reason =
                    String.valueOf(cause.getMessage()).lines().findFirst().orElse(cause.toString());
            throw new ParfocalException("--on " + master.url() + ": Spark does not start: " + reason, cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParfocalException("stopped while Spark started", e);
        }
    }

    private static JavaSparkContext answered(Master master, FutureTask<JavaSparkContext> start)
            throws ExecutionException, InterruptedException {
        Optional<Long> end = Optional.empty();
        while (end.isEmpty() || System.nanoTime() < end.get()) {
            try {
                return start.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // Plugins start right before the application goes to its master.
                if (end.isEmpty() && DriverSide.exists()) {
                    end = Optional.of(System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
                }
            }
        }
        throw new ParfocalException("--on " + master.url() + ": something answers, but not as a master of Spark "
                + package$.MODULE$.SPARK_VERSION() + " in " + PATIENCE_SECONDS
                + " seconds: check the port and the cluster's version");
    }
}
