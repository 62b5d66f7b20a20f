package dev.parfocal.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MasterTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "local[2]", "local[*]", "local[2,3]"})
    void sparkWithinThisProgram(String text) {
        assertThat(Master.parse(text).isHere()).isTrue();
        assertThatCode(() -> Master.parse(text).check()).doesNotThrowAnyException();
    }

    @Test
    void severalMastersMayStandByForEachOther() {
        Master master = Master.parse("spark://a.b:7077,10.0.0.2:7078");
        assertThat(master.nodes()).containsExactly("a.b:7077", "10.0.0.2:7078");
        assertThat(master.isHere()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spark://",
                "spark://host",
                "spark:host:7077",
                "spark://host:99999",
                "local[0]",
                "local[two]",
                "localhost"
            })
    void whatIsNoPlaceIsRefused(String text) {
        assertThatThrownBy(() -> Master.parse(text))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(
                        "--on " + text + ": a place of Spark is spark://HOST:PORT, as spark://master:7077, or local[N],"
                                + " as local[2]");
    }

    @Test
    void aMasterThatDoesNotAnswerIsNamed() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
            Master open = Master.parse("spark://127.0.0.1:" + port);
            assertThatCode(open::check).doesNotThrowAnyException();
        }
        assertThatThrownBy(() -> Master.parse("spark://127.0.0.1:" + port).check())
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no Spark master answers (Connection refused)");
        assertThatThrownBy(
                        () -> Master.parse("spark://no.such.host.invalid:7077").check())
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no Spark master answers (unknown host)");
    }
}
