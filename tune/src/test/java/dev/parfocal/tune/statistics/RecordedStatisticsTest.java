package dev.parfocal.tune.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agreement with scipy's figures, recorded by src/test/python/record_statistics.py. */
class RecordedStatisticsTest {

    private static JsonNode recorded;

    @BeforeAll
    static void read() throws IOException {
        try (InputStream bytes = RecordedStatisticsTest.class.getResourceAsStream("statistics.json")) {
            recorded = new JsonMapper().readTree(bytes);
        }
    }

    private static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    @Test
    void intervalsAreScipys() {
        assertThat(recorded.get("spreads")).hasSize(3).allSatisfy(each -> {
            Spread spread = new Spread(
                    each.get("estimate").asDouble(), numbers(each.get("drawn")), numbers(each.get("without")));
            same(spread.percentile(0.9), each.get("percentile"), 1e-12);
            same(spread.bca(0.9), each.get("bca"), 1e-9);
            assertThat(spread.bca(0.9).low())
                    .isNotCloseTo(each.get("percentile").get(0).asDouble(), within(1e-9));
        });
    }

    private static void same(Interval interval, JsonNode expected, double tolerance) {
        assertThat(interval.low()).isCloseTo(expected.get(0).asDouble(), within(tolerance));
        assertThat(interval.high()).isCloseTo(expected.get(1).asDouble(), within(tolerance));
    }

    @Test
    void wilcoxonsTestIsScipys() {
        assertThat(recorded.get("wilcoxon"))
                .hasSize(4)
                .allSatisfy(
                        each -> assertThat(PairedWilcoxon.p(numbers(each.get("first")), numbers(each.get("second"))))
                                .isCloseTo(each.get("p").asDouble(), within(1e-9)));
    }

    @Test
    void holmsCorrectionAgrees() {
        assertThat(recorded.get("holm"))
                .hasSize(3)
                .allSatisfy(each -> assertThat(Holm.adjust(numbers(each.get("p"))))
                        .containsExactly(numbers(each.get("adjusted")), within(1e-15)));
    }
}
