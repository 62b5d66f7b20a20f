package dev.parfocal.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void foundByIdentityAndNotByEquality() {
        Engines.withManager(manager -> {
            NDArray a = manager.create(1f);
            NDArray b = manager.create(1f);
            Recent recent = new Recent();
            recent.put(List.of(a, b), 3);
            assertThat(recent.find(List.of(a, b))).hasValue(3);
            assertThat(recent.find(List.of(b, a))).isEmpty();
            assertThat(recent.find(List.of(a))).isEmpty();
            recent.put(List.of(a, b), 4);
            assertThat(recent.find(List.of(a, b))).hasValue(4);
        });
    }

    @Test
    void oldBatchesAreForgotten() {
        Engines.withManager(manager -> {
            Recent recent = new Recent();
            NDArray first = manager.create(1f);
            recent.put(List.of(first), 1);
            for (int i = 0; i < 63; i++) {
                recent.put(List.of(manager.create(1f)), 2);
            }
            assertThat(recent.find(List.of(first))).hasValue(1);
            recent.put(List.of(manager.create(1f)), 2);
            assertThat(recent.find(List.of(first))).isEmpty();
        });
    }
}
