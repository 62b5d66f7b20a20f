package dev.parfocal.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported C against the scalar kernel, bit by bit. */
class CBitsTest {

    private static final int ANCHORS = 400;

    @TempDir
    private Path folder;

    @Test
    void hasTheBitsOfTheScalarKernel() throws Exception {
        assertSameBits(
                List.of(
                        Catalogue.get("focal").with("gamma", 1.5),
                        Catalogue.get("varifocal"),
                        Catalogue.get("slide"),
                        Catalogue.get("distribution_focal"),
                        Catalogue.get("wiou_v3"),
                        Catalogue.get("kld")),
                "-O1");
    }

    @Test
    @Tag("long")
    void everyLossHasTheBitsOfTheScalarKernel() throws Exception {
        List<Loss> all = Catalogue.all().stream()
                .filter(loss -> !loss.takesDivergences())
                .toList();
        assertSameBits(all, "-O2", "-march=native");
        assertSameBits(all, "-O2", "-march=native", "-std=gnu11");
        assertSameBits(all, "-O2", "-mno-fma");
    }

    private void assertSameBits(List<Loss> losses, String... options) throws Exception {
        CompiledText.c(folder, losses, options);
        for (boolean tame : List.of(true, false)) {
            List<Samples> samples = new ArrayList<>();
            losses.forEach(loss -> samples.add(Samples.of(loss, ANCHORS, tame, 17 + samples.size())));
            List<CompiledText.Result> results = CompiledText.results(folder, losses, samples);
            for (int i = 0; i < losses.size(); i++) {
                assertSameBits(losses.get(i), samples.get(i), results.get(i));
            }
        }
    }

    private static void assertSameBits(Loss loss, Samples samples, CompiledText.Result found) {
        LossFunction function = LossFunction.of(loss, Backend.SCALAR, 1);
        Options options = Options.of(Normalizer.given(3)).withWeights(Weights.perElement(Floats.of(samples.weights())));
        float[] gradient = new float[samples.predicted().length];
        if (loss.kind() == Kind.POINTWISE) {
            Evaluation sparse =
                    function.evaluate(samples.batch(loss, true), options.withFixedState(), Floats.of(gradient));
            assertThat(found.sparseGradient())
                    .as("%s, gradients by labels", loss)
                    .isEqualTo(gradient);
            assertThat((Double) found.sparseTotal())
                    .as("%s, total by labels", loss)
                    .isEqualTo((Double) sparse.value());
        }
        float[] values = new float[samples.weights().length];
        Evaluation evaluation = function.evaluate(
                samples.batch(loss, false), options.withValues(Floats.of(values)), Floats.of(gradient));
        assertThat(found.gradient()).as("%s, gradients", loss).isEqualTo(gradient);
        assertThat(found.values()).as("%s, values", loss).isEqualTo(values);
        assertThat((Double) found.total()).as("%s, total", loss).isEqualTo((Double) evaluation.value());
        function.state()
                .values()
                .forEach(
                        state -> assertThat(found.state()).as("%s, state", loss).isCloseTo(state, within(1e-12)));
    }
}
