package dev.parfocal.spark;

import dev.parfocal.tune.run.Protocol;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.jspecify.annotations.Nullable;

/** Hears what executors say, and knows how much fits on them. Spark makes it; a JVM has one at most. */
final class DriverSide implements DriverPlugin {
    private static volatile @Nullable DriverSide current;

    private final Map<String, Desk> desks = new ConcurrentHashMap<>();
    private final Capacity capacity = new Capacity();

    /** Whoever in this program wants to hear of trials. */
    @FunctionalInterface
    interface Desk {
        /** Returns the answer. */
        String heard(Word word);
    }

    /** Whether an application runs, or is about to go to its master. */
    static boolean exists() {
        return current != null;
    }

    /**
     * That of the running application.
     *
     * @throws IllegalStateException if its settings do not name the plugin
     */
    static DriverSide here() {
        DriverSide found = current;
        if (found == null) {
            throw new IllegalStateException("set spark.plugins=" + TrialPlugin.class.getName());
        }
        return found;
    }

    @Override
    public Map<String, String> init(SparkContext context, PluginContext plugin) {
        capacity.fit(context.conf());
        context.addSparkListener(capacity);
        current = this;
        return Map.of();
    }

    Capacity capacity() {
        return capacity;
    }

    void add(String name, Desk desk) {
        desks.put(name, desk);
    }

    void remove(String name) {
        desks.remove(name);
    }

    @Override
    public Object receive(Object message) {
        Word word = (Word) message;
        Desk desk = desks.get(word.desk());
        return desk == null ? Protocol.STOP : desk.heard(word);
    }

    @Override
    public void shutdown() {
        current = null;
    }
}
