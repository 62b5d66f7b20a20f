package dev.parfocal.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exported kernels of CUDA, compiled for the host by a C++ compiler, against the scalar kernel, bit by bit. */
class CudaBitsTest {

    private static final int ANCHORS = 400;

    @TempDir
    private Path folder;

    @Test
    void hasTheBitsOfTheScalarKernel() throws Exception {
        assertSameBits(List.of(Catalogue.get("focal"), Catalogue.get("distribution_focal"), Catalogue.get("giou")));
    }

    @Test
    @Tag("long")
    void everyLossHasTheBitsOfTheScalarKernel() throws Exception {
        assertSameBits(Catalogue.all().stream()
                .filter(loss -> loss.states().isEmpty() && !loss.takesDivergences())
                .toList());
    }

    @Test
    void holdsNoState() {
        assertThatThrownBy(() -> Target.CUDA.text(Catalogue.get("slide"), "test"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(
                        "a kernel of CUDA cannot hold 'mean', which slide keeps between batches: export it to pytorch"
                                + " or to c");
    }

    private void assertSameBits(List<Loss> losses) throws Exception {
        compile(losses);
        List<Samples> samples = new ArrayList<>();
        losses.forEach(loss -> samples.add(Samples.of(loss, ANCHORS, false, 29 + samples.size())));
        ByteBuffer out = CompiledText.output(folder, samples);
        for (int i = 0; i < losses.size(); i++) {
            assertSameBits(losses.get(i), samples.get(i), out);
        }
        assertThat(out.hasRemaining()).isFalse();
    }

    private void compile(List<Loss> losses) throws Exception {
        StringBuilder program = new StringBuilder(CompiledText.resource("shim.h"));
        for (Loss loss : losses) {
            program.append(Target.CUDA.text(loss, "test")).append('\n');
        }
        program.append(CompiledText.resource("harness.cpp")).append("int main()\n{\n");
        losses.forEach(loss -> program.append(call(loss)));
        program.append("}\n");
        Files.writeString(folder.resolve("main.cpp"), program);
        String compiler = CompiledText.compiler("g++", "c++", "clang++");
        CompiledText.run(
                folder, List.of(compiler, "-std=c++17", "-O1", "-ffp-contract=off", "main.cpp", "-o", "main"), null);
    }

    private static String call(Loss loss) {
        String name = "parfocal_" + loss.name();
        StringBuilder given = new StringBuilder();
        for (int i = 0; i < loss.given().size(); i++) {
            given.append(", given_").append(i);
        }
        List<String> lines = new ArrayList<>(List.of("    {"));
        CompiledText.reading(loss)
                .forEach(line -> lines.add(line.replace("(const int *)read(anchors)", "read<int>(anchors)")
                        .replace("= malloc(", "= (float *)std::malloc(")));
        lines.add("        const pf_bfloat16 *halves = upper_halves(predicted, elements * width);");
        lines.add("        pf_bfloat16 *slopes = upper_halves(predicted, elements * width);");
        lines.add("        double total = 0;");
        String end = ", weights, scale, %s, &total);";
        String size = loss.kind() == Kind.POINTWISE ? "anchors, 5, " : "elements, ";
        String what = loss.kind() == Kind.POINTWISE ? "_dense" : loss.kind() == Kind.ROW ? "_rows" : "_boxes";
        String rest = loss.kind() == Kind.BOX ? ", target" : given.toString();
        lines.add("        " + name + what + "_float32(" + size + "predicted" + rest + end.formatted("gradient"));
        lines.add("        write(gradient, elements * width, total);");
        lines.add("        " + name + what + "_bfloat16(" + size + "halves" + rest + end.formatted("slopes"));
        lines.add("        write(slopes, elements * width);");
        if (loss.kind() == Kind.POINTWISE) {
            lines.add("        " + name + "_sparse_float32(anchors, 5, predicted, labels, quality"
                    + end.formatted("gradient"));
            lines.add("        write(gradient, elements * width, total);");
        }
        lines.add("    }");
        return String.join("\n", lines) + "\n";
    }

    private static void assertSameBits(Loss loss, Samples samples, ByteBuffer out) {
        LossFunction function = LossFunction.of(loss, Backend.SCALAR, 1);
        check(function, samples, false, out);
        float[] exact = gradient(function, samples.inBfloat16(), false).gradient();
        float[] found = CompiledText.floats(out, exact.length);
        for (int i = 0; i < exact.length; i++) {
            assertThat((Float) found[i])
                    .as("%s, gradient %d of bfloat16", loss, i)
                    .isEqualTo((Float) Samples.bfloat16(exact[i]));
        }
        if (loss.kind() == Kind.POINTWISE) {
            check(function, samples, true, out);
        }
    }

    private static void check(LossFunction function, Samples samples, boolean sparse, ByteBuffer out) {
        Expected expected = gradient(function, samples, sparse);
        assertThat(CompiledText.floats(out, expected.gradient().length))
                .as("%s, gradients", function.loss())
                .isEqualTo(expected.gradient());
        double total = out.getDouble();
        if (Double.isFinite(expected.sum())) {
            assertThat(total).isCloseTo(expected.sum(), within(1e-6 * Math.abs(expected.sum())));
        }
    }

    private record Expected(float[] gradient, double sum) {}

    private static Expected gradient(LossFunction function, Samples samples, boolean sparse) {
        Options options = Options.of(Normalizer.given(3)).withWeights(Weights.perElement(Floats.of(samples.weights())));
        float[] gradient = new float[samples.predicted().length];
        double sum = function.evaluate(samples.batch(function.loss(), sparse), options, Floats.of(gradient))
                .sum();
        return new Expected(gradient, sum);
    }
}
