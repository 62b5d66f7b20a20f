package dev.parfocal.djl.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** DJL's own training loop learns with our losses. */
class AnchorClassifierTest {

    static Stream<Loss> losses() {
        return Stream.of(Catalogue.get("focal"), Catalogue.get("varifocal"), Loss.parse(AnchorClassifier.OWN_LOSS));
    }

    @ParameterizedTest
    @MethodSource("losses")
    void findsTheObjects(Loss loss) throws Exception {
        AnchorClassifier.Outcome outcome = AnchorClassifier.train(loss);
        assertThat(outcome.lastLoss()).isPositive().isLessThan(outcome.firstLoss() / 3);
        assertThat(outcome.recall()).isGreaterThan(0.9);
    }

    @Test
    void findsThemWithAScheduleToo() throws Exception {
        AnchorClassifier.Outcome outcome = AnchorClassifier.trainWithRisingGamma();
        assertThat(outcome.lastLoss()).isPositive().isLessThan(outcome.firstLoss() / 3);
        assertThat(outcome.recall()).isGreaterThan(0.9);
    }
}
