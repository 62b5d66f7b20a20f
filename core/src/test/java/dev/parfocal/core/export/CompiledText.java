package dev.parfocal.core.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.State;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles exported text with this machine's compiler, where it has one, and runs it on samples. */
final class CompiledText {

    private CompiledText() {}

    /** What a program computed: gradients, then for C the losses too, and the sum of the losses; and the state afterwards. */
    record Result(
            float[] gradient, float[] values, double total, float[] sparseGradient, double sparseTotal, double state) {}

    /** Compiles each loss's header; skips the test if there is no C compiler. */
    static void c(Path folder, List<Loss> losses, String... options) throws Exception {
        StringBuilder program = new StringBuilder("#include <stdio.h>\n#include <stdlib.h>\n");
        for (Loss loss : losses) {
            Files.writeString(folder.resolve(loss.name() + ".h"), Target.C.text(loss, "test"));
            program.append("#include \"").append(loss.name()).append(".h\"\n");
        }
        program.append(resource("harness.c"));
        program.append("int main(void)\n{\n");
        losses.forEach(loss -> program.append(call(loss)));
        program.append("    return 0;\n}\n");
        Files.writeString(folder.resolve("main.c"), program);
        List<String> command =
                new ArrayList<>(List.of(compiler("gcc", "cc", "clang"), "-std=c99", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of(options));
        command.addAll(List.of("main.c", "-o", "main"));
        run(folder, command, null);
    }

    static String compiler(String... names) {
        Optional<String> found = Stream.of(names)
                .filter(name -> Stream.of(
                                System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .anyMatch(place -> Files.isExecutable(Path.of(place, name))))
                .findFirst();
        assumeThat(found).as("a compiler: " + String.join(", ", names)).isPresent();
        return found.orElseThrow();
    }

    static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(CompiledText.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static void run(Path folder, List<String> command, @Nullable Path input) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.redirectError(folder.resolve("errors.txt").toFile());
        builder.redirectOutput(folder.resolve("out.bin").toFile());
        if (input != null) {
            builder.redirectInput(input.toFile());
        }
        int code = builder.start().waitFor();
        assertThat(code)
                .as(command + ": " + Files.readString(folder.resolve("errors.txt")))
                .isZero();
    }

    /** Writes the samples, runs the compiled program on them, and reads what it computed. */
    static List<Result> results(Path folder, List<Loss> losses, List<Samples> samples) throws Exception {
        ByteBuffer out = output(folder, samples);
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < losses.size(); i++) {
            Samples each = samples.get(i);
            boolean sparse = losses.get(i).kind() == Kind.POINTWISE;
            results.add(new Result(
                    floats(out, each.predicted().length),
                    floats(out, each.weights().length),
                    out.getDouble(),
                    floats(out, sparse ? each.predicted().length : 0),
                    sparse ? out.getDouble() : 0,
                    losses.get(i).states().isEmpty() ? 0 : out.getDouble()));
        }
        assertThat(out.hasRemaining()).isFalse();
        return results;
    }

    /** Writes the samples, and returns what the compiled program makes of them. */
    static ByteBuffer output(Path folder, List<Samples> samples) throws Exception {
        Path input = folder.resolve("in.bin");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(input))) {
            for (Samples each : samples) {
                out.write(bytes(each));
            }
        }
        run(folder, List.of("./main"), input);
        return ByteBuffer.wrap(Files.readAllBytes(folder.resolve("out.bin"))).order(ByteOrder.nativeOrder());
    }

    private static byte[] bytes(Samples samples) {
        List<float[]> all = new ArrayList<>(List.of(samples.predicted()));
        all.addAll(samples.given());
        all.addAll(List.of(samples.target(), samples.weights(), samples.quality()));
        int floats = all.stream().mapToInt(each -> each.length).sum() + samples.labels().length;
        ByteBuffer buffer = ByteBuffer.allocate(4 * floats).order(ByteOrder.nativeOrder());
        all.forEach(each -> {
            for (float number : each) {
                buffer.putFloat(number);
            }
        });
        Arrays.stream(samples.labels()).forEach(buffer::putInt);
        return buffer.array();
    }

    static float[] floats(ByteBuffer from, int count) {
        float[] numbers = new float[count];
        from.asFloatBuffer().get(numbers);
        from.position(from.position() + 4 * count);
        return numbers;
    }

    /** The lines that read one loss's samples, evaluate it, and write the result. */
    private static String call(Loss loss) {
        String name = "parfocal_" + loss.name();
        ElementText element = new ElementText(loss);
        String state = loss.states().isEmpty() ? "" : ", &state";
        String values = loss.states().stream()
                .map(State::name)
                .map(each -> ", (float)state." + each)
                .collect(Collectors.joining());
        List<String> lines = new ArrayList<>();
        lines.add("    {");
        lines.add(loss.states().isEmpty() ? "" : "        " + name + "_state state = " + name + "_start();");
        String given = each(element, ", given_%d");
        String at = each(element, ", given_%d[i]");
        lines.addAll(reading(loss));
        String weights = ", weights" + state + ", 3.0, gradient)";
        switch (loss.kind()) {
            case POINTWISE -> {
                lines.add("        const double total = " + name + "_dense(anchors, 5, predicted" + given + weights
                        + ";");
                lines.add(loop(name + "(predicted[i]" + at + ", weights[i]" + values + ", scale, rest)"));
                lines.add("        write(gradient, values, elements * width, elements, total);");
                lines.add("        const double sparse = " + name + "_sparse(anchors, 5, predicted, labels, quality"
                        + weights + ";");
                lines.add("        write(gradient, values, elements * width, 0, sparse);");
                lines.add(next(loss, name + "_dense_next(&state, anchors, 5, predicted" + given));
            }
            case ROW -> {
                lines.add("        const double total = " + name + "_rows(elements, predicted" + given + weights + ";");
                lines.add(loop(name + "(&predicted[i * width]" + at + ", weights[i]" + values + ", scale, rest)"));
                lines.add("        write(gradient, values, elements * width, elements, total);");
                lines.add(next(loss, name + "_rows_next(&state, elements" + given));
            }
            case BOX -> {
                lines.add(
                        "        const double total = " + name + "_boxes(elements, predicted, target" + weights + ";");
                lines.add(loop(name + "(&predicted[i * width], &target[i * "
                        + element.given().size() + "], weights[i]" + values + ", scale, rest)"));
                lines.add("        write(gradient, values, elements * width, elements, total);");
                lines.add(next(loss, name + "_boxes_next(&state, elements, predicted, target"));
            }
        }
        lines.add("    }");
        return String.join("\n", lines) + "\n";
    }

    private static String each(ElementText element, String format) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < element.given().size(); i++) {
            text.append(String.format(format, i));
        }
        return text.toString();
    }

    private static String loop(String call) {
        return "        for (size_t i = 0; i < elements; i++) {\n            values[i] = " + call + ";\n        }";
    }

    private static String next(Loss loss, String call) {
        return loss.states().isEmpty()
                ? ""
                : "        " + call + ", weights);\n        fwrite(&state, sizeof state, 1, stdout);";
    }

    static List<String> reading(Loss loss) {
        int width = loss.predicted().get(0).isRow()
                ? loss.predicted().get(0).length()
                : loss.predicted().size();
        List<String> lines = new ArrayList<>();
        boolean pointwise = loss.kind() == Kind.POINTWISE;
        lines.add("        const size_t anchors = ANCHORS, elements = anchors * " + (pointwise ? 5 : 1) + ", width = "
                + width + ";");
        lines.add("        const float *predicted = read(elements * width);");
        for (int i = 0; i < loss.given().size(); i++) {
            lines.add("        const float *given_" + i + " = read(elements);");
        }
        lines.add(
                "        const float *target = read(elements * " + loss.given().size() + ");");
        lines.add("        const float *weights = read(elements);");
        lines.add("        const float *quality = read(anchors);");
        lines.add("        const int *labels = (const int *)read(anchors);");
        lines.add(
                "        float *gradient = malloc((elements * width + 1) * sizeof(float)), *values = malloc(elements *"
                        + " sizeof(float));");
        lines.add("        float rest[5000];");
        lines.add("        const float scale = (float)(1.0 / 3.0);");
        lines.add("        (void)target; (void)labels; (void)quality; (void)scale; (void)rest; (void)values;");
        for (int i = 0; i < loss.given().size(); i++) {
            lines.add("        (void)given_" + i + ";");
        }
        return lines;
    }
}
