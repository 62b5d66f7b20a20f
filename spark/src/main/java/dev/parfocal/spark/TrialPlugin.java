package dev.parfocal.spark;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The line between a trial and the driver: Spark's own messages between its processes, with Spark's authentication and
 * encryption, and no port beside Spark's. To be named in {@code spark.plugins}.
 */
public final class TrialPlugin implements SparkPlugin {

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverSide();
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorSide();
    }
}
