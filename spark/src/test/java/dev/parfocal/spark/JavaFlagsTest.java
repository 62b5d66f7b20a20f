package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class JavaFlagsTest {

    /** {@code src/test/java-options.txt} is what {@code main} prints. */
    @Test
    void theseTestsRunWithThem() {
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments()).containsAll(JavaFlags.list());
    }
}
