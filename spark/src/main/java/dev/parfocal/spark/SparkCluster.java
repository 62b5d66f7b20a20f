package dev.parfocal.spark;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.Trials;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** Apache Spark: a standalone cluster, or Spark within this program. */
public final class SparkCluster implements Cluster {
    private static final int STUDY_PATIENCE_SECONDS = 10;
    private static final long NOTICE_SECONDS = 15;
    private static final long PATIENCE_SECONDS = 300;

    @Override
    public boolean knows(String place) {
        return place.startsWith("spark:") || place.startsWith("local");
    }

    @Override
    public int threads(Map<String, String> settings) {
        String cpus = settings.getOrDefault(Settings.TASK_CPUS, "1");
        if (!cpus.matches("[1-9]\\d{0,3}")) {
            throw new ParfocalException("--spark " + Settings.TASK_CPUS + "=" + cpus + ": a whole number from 1 on");
        }
        return Integer.parseInt(cpus);
    }

    @Override
    public void check(String place) {
        Master.parse(place).check();
    }

    @Override
    public Trials open(Request request) {
        Master master = Master.parse(request.place());
        JavaSparkContext context = Connection.open(master, Settings.of(master, request));
        try {
            awaitExecutors(request, context);
            return new SparkTrials(context, request, context::stop, STUDY_PATIENCE_SECONDS);
        } catch (RuntimeException e) {
            context.stop();
            throw e;
        }
    }

    private static void awaitExecutors(Request request, JavaSparkContext context) {
        Capacity capacity = DriverSide.here().capacity();
        try {
            if (!capacity.awaitExecutors(NOTICE_SECONDS)) {
                request.say()
                        .accept("waiting for an executor (processors: " + request.threads() + ", memory: "
                                + context.getConf().get("spark.executor.memory") + ") on " + request.place());
                if (!capacity.awaitExecutors(PATIENCE_SECONDS)) {
                    throw new ParfocalException("--on " + request.place() + ": no executor in " + PATIENCE_SECONDS / 60
                            + " minutes: does the master have a worker that is alive and free?");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ParfocalException("stopped while waiting for Spark", e);
        }
        if (capacity.slots() == 0) {
            throw new ParfocalException("--on " + request.place() + ": a trial takes " + request.threads()
                    + " processors (" + Settings.TASK_CPUS
                    + ") and what spark.task.resource asks for, which no executor"
                    + " has: ask for less, or for larger executors");
        }
    }
}
