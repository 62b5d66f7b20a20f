package dev.parfocal.spark;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.cluster.ExecutorInfo;

/** How many tasks the executors that are there now can run at once. */
final class Capacity extends SparkListener {
    private static final String PREFIX = "spark.task.resource.";
    private static final String AMOUNT = ".amount";

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> slots = new HashMap<>();
    private final Map<String, Double> resources = new HashMap<>();
    private volatile Consumer<String> loss = text -> {};
    private int cores = 1;
    /** Running tasks, and the executor of each. */
    private final Map<Long, String> running = new HashMap<>();

    /** Learns what a task takes. */
    void fit(SparkConf conf) {
        cores = conf.getInt("spark.task.cpus", 1);
        for (var entry : conf.getAllWithPrefix(PREFIX)) {
            if (entry._1().endsWith(AMOUNT)) {
                String name = entry._1().substring(0, entry._1().length() - AMOUNT.length());
                resources.put(name, Double.parseDouble(entry._2()));
            }
        }
    }

    /** Who is told of executors that are lost while they work. */
    void whenLost(Consumer<String> told) {
        loss = told;
    }

    private int slots(ExecutorInfo executor) {
        int fit = executor.totalCores() / cores;
        for (Map.Entry<String, Double> each : resources.entrySet()) {
            var found = executor.resourcesInfo().get(each.getKey());
            int addresses = found.isDefined() ? found.get().addresses().length : 0;
            fit = Math.min(fit, (int) Math.floor(addresses / each.getValue() + 1e-9));
        }
        return fit;
    }

    @Override
    public void onExecutorAdded(SparkListenerExecutorAdded event) {
        change(() -> slots.put(event.executorId(), slots(event.executorInfo())));
    }

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved event) {
        change(() -> {
            slots.remove(event.executorId());
            running.values().removeIf(event.executorId()::equals);
        });
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart event) {
        change(() -> running.put(event.taskInfo().taskId(), event.taskInfo().executorId()));
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd event) {
        change(() -> running.remove(event.taskInfo().taskId()));
        if (event.reason() instanceof ExecutorLostFailure lost) {
            String why = lost.reason().getOrElse(() -> "for no known reason");
            loss.accept("lost executor " + lost.execId() + " ("
                    + why.lines().findFirst().orElse("") + "); its trial is tried again");
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many tasks fit at once on all executors together. */
    int slots() {
        lock.lock();
        try {
            return slots.values().stream().mapToInt(Integer::intValue).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until executors are there; returns whether they are. */
    boolean awaitExecutors(long seconds) throws InterruptedException {
        return await(() -> !slots.isEmpty(), seconds);
    }

    /** Waits until no task runs. */
    boolean awaitIdle(long seconds) throws InterruptedException {
        return await(running::isEmpty, seconds);
    }

    private boolean await(BooleanSupplier wanted, long seconds) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(seconds);
        lock.lockInterruptibly();
        try {
            while (!wanted.getAsBoolean() && left > 0) {
                left = changed.awaitNanos(left);
            }
            return wanted.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
