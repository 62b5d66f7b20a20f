package dev.parfocal.training.golden;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Weights and images by formula, which golden values were recorded with: {@code src/test/python/formula_weights.py} has
 * the definition, and every golden file has its rules.
 */
public record FormulaWeights(List<Rule> rules) {
    private static final double HALF = 1 << 23;

    /** Values of the tensors in whose names the pattern is found. */
    private sealed interface Rule {
        Pattern match();
    }

    private record Around(Pattern match, double centre, double spread) implements Rule {}

    private record Gain(Pattern match, double gain) implements Rule {}

    /** The rules of a golden file: its key {@code rules}. */
    public static FormulaWeights of(JsonNode rules) {
        List<Rule> list = new ArrayList<>();
        for (JsonNode rule : rules) {
            Pattern match = Pattern.compile(rule.get("match").asString());
            list.add(
                    rule.has("gain")
                            ? new Gain(match, rule.get("gain").doubleValue())
                            : new Around(
                                    match,
                                    rule.get("centre").doubleValue(),
                                    rule.get("spread").doubleValue()));
        }
        return new FormulaWeights(List.copyOf(list));
    }

    /** The values of a tensor, row-major; the first rule found in its name counts. */
    public float[] values(String name, long... shape) {
        Rule rule = rules.stream()
                .filter(r -> r.match().matcher(name).find())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rule for " + name));
        long fanIn = 1;
        for (int i = 1; i < shape.length; i++) {
            fanIn *= shape[i];
        }
        double centre = rule instanceof Around around ? around.centre : 0;
        double spread = rule instanceof Around around ? around.spread : ((Gain) rule).gain * Math.sqrt(3.0 / fanIn);
        long hash = hash(name);
        float[] values = new float[Math.toIntExact((shape.length == 0 ? 1 : shape[0]) * fanIn)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (centre + spread * noise(hash, i));
        }
        return values;
    }

    /** The bytes of image n, {@code [3, height, width]}: red, green, blue. */
    public static byte[] image(int n, int height, int width) {
        long hash = hash("image" + n);
        byte[] image = new byte[3 * height * width];
        int at = 0;
        for (int c = 0; c < 3; c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++, at++) {
                    double v = 0.45 * wave((3 * x + y + 17 * c + 31 * n) / 48.0);
                    v = v + 0.35 * wave((y - x + 29 * c + 7 * n + 512) / 20.0);
                    v = v + 0.1 * (noise(hash, at) + 1.0);
                    image[at] = (byte) Math.floor(255.0 * v);
                }
            }
        }
        return image;
    }

    /** The images 0 to count - 1 as the references see them, {@code [count, 3, height, width]} in [0, 1). */
    public static float[] images(int count, int height, int width) {
        float[] pixels = new float[count * 3 * height * width];
        int at = 0;
        for (int n = 0; n < count; n++) {
            for (byte b : image(n, height, width)) {
                pixels[at++] = (b & 0xFF) / 255f;
            }
        }
        return pixels;
    }

    /** Elements of the noise of a name, in [-1, 1). */
    static double[] noise(String name, int count) {
        long hash = hash(name);
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = noise(hash, i);
        }
        return values;
    }

    private static double noise(long hash, int i) {
        long z = hash + (i + 1L) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return ((z >>> 40) - HALF) / HALF;
    }

    private static long hash(String name) {
        long hash = 0xCBF29CE484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xFF)) * 0x100000001B3L;
        }
        return hash;
    }

    private static double wave(double t) {
        return Math.abs(2.0 * (t - Math.floor(t)) - 1.0);
    }
}
