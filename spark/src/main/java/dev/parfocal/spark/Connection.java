package dev.parfocal.spark;

import dev.parfocal.core.ParfocalException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.package$;

/** Starts an application of Spark, which would wait for a silent master longer than people do. */
final class Connection {
    private static final long PATIENCE_SECONDS = 25;

    private Connection() {}

    /**
     * The running application.
     *
     * @throws ParfocalException if the master does not take it
     */
    static JavaSparkContext open(SparkConf conf) {
        String place = conf.get("spark.master");
        FutureTask<JavaSparkContext> start = new FutureTask<>(() -> new JavaSparkContext(conf));
        Thread thread = new Thread(start, "parfocal-spark-start");
        thread.setDaemon(true);
        thread.start();
        try {
            return start.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new ParfocalException("--on " + place + ": something answers, but not as a master of Spark "
                    + package$.MODULE$.SPARK_VERSION() + " in " + PATIENCE_SECONDS
                    + " seconds: check the port and the cluster's version");
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ParfocalException(
                    "--on " + place + ": Spark does not start: "
                            + String.valueOf(cause.getMessage())
                                    .lines()
                                    .findFirst()
                                    .orElse(cause.toString()),
                    cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParfocalException("stopped while Spark started", e);
        }
    }
}
