package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.resource.ResourceInformation;
import org.apache.spark.scheduler.SparkListenerExecutorAdded;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.cluster.ExecutorInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.jdk.javaapi.CollectionConverters;

class CapacityTest {

    private static Capacity of(SparkConf conf) {
        Capacity capacity = new Capacity();
        capacity.fit(conf);
        return capacity;
    }

    private static SparkListenerExecutorAdded executor(String id, int cores, String... gpus) {
        Map<String, ResourceInformation> resources = Map.of("gpu", new ResourceInformation("gpu", gpus));
        return new SparkListenerExecutorAdded(
                0, id, new ExecutorInfo("host", cores, map(Map.of()), map(Map.of()), map(resources), 0));
    }

    private static <T> scala.collection.immutable.Map<String, T> map(Map<String, T> map) {
        return scala.collection.immutable.Map.from(CollectionConverters.asScala(map));
    }

    @Test
    void executorsComeAndGo() {
        Capacity capacity = of(new SparkConf(false).set("spark.task.cpus", "2"));
        assertThat(capacity.slots()).isZero();
        capacity.onExecutorAdded(executor("1", 5));
        capacity.onExecutorAdded(executor("2", 2));
        assertThat(capacity.slots()).isEqualTo(3);
        capacity.onExecutorRemoved(new SparkListenerExecutorRemoved(0, "1", "lost"));
        assertThat(capacity.slots()).isEqualTo(1);
    }

    /** Eight cores and two graphics cards: the scarcer counts. */
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "0.5, 4", "0.1, 8", "4, 0"})
    void graphicsCardsCountToo(String amount, int slots) {
        Capacity capacity = of(new SparkConf(false).set("spark.task.resource.gpu.amount", amount));
        capacity.onExecutorAdded(executor("1", 8, "0", "1"));
        assertThat(capacity.slots()).isEqualTo(slots);
    }
}
