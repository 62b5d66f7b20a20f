package dev.parfocal.core.export;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import java.util.List;
import java.util.Random;

/**
 * Elements of a loss at random: what is predicted is near 0, or any bits at all; what is given is in its range.
 *
 * @param predicted {@code [elements, width]}
 * @param given for each given input {@code [elements]}; of a box loss they stand in {@code target}
 * @param target {@code [boxes, given inputs]} of a box loss
 * @param weights {@code [elements]}, some of them 0
 * @param labels {@code [anchors]} of a pointwise loss
 * @param quality {@code [anchors]} of a pointwise loss
 */
record Samples(float[] predicted, List<float[]> given, float[] target, float[] weights, int[] labels, float[] quality) {

    static final int CLASSES = 5;

    /** Elements of a loss; {@code tame} ones are near 0. */
    static Samples of(Loss loss, int anchors, boolean tame, long seed) {
        Random random = new Random(seed);
        int elements = loss.kind() == Kind.POINTWISE ? anchors * CLASSES : anchors;
        Input first = loss.predicted().get(0);
        int width = first.isRow() ? first.length() : loss.predicted().size();
        float[] predicted =
                numbers(elements * width, () -> tame ? (float) random.nextGaussian() * 5 : anything(random));
        List<float[]> given = loss.given().stream()
                .map(input -> numbers(elements, () -> legal(input, random)))
                .toList();
        float[] target = new float[elements * given.size()];
        for (int i = 0; i < target.length; i++) {
            target[i] = given.get(i % given.size())[i / given.size()];
        }
        float[] weights = numbers(elements, () -> random.nextInt(5) == 0 ? 0 : random.nextFloat());
        int[] labels = random.ints(anchors, -2, CLASSES).toArray();
        boolean soft = loss.given().stream()
                .allMatch(input -> input.accepts(.5f) || input.name().equals("label"));
        float[] quality = numbers(anchors, () -> soft ? random.nextFloat() : 1);
        return new Samples(predicted, given, target, weights, labels, quality);
    }

    private interface Source {
        float next();
    }

    private static float[] numbers(int count, Source source) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = source.next();
        }
        return numbers;
    }

    private static float anything(Random random) {
        return random.nextInt(3) == 0 ? Float.intBitsToFloat(random.nextInt()) : (float) (random.nextGaussian() * 5);
    }

    private static float legal(Input input, Random random) {
        boolean bounded = input.min() > -1e30 && input.max() < 1e30;
        double number =
                bounded ? input.min() + random.nextDouble() * (input.max() - input.min()) : random.nextGaussian() * 5;
        float chosen = random.nextInt(4) == 0 ? 0 : (float) (input.integer() ? Math.rint(number) : number);
        return input.accepts(chosen) ? chosen : (float) Math.max(input.min(), -1e30);
    }

    /** The batch of these elements, with the labels or with what is given for each. */
    Batch batch(Loss loss, boolean sparse) {
        int rows = weights.length;
        List<Floats> columns = given.stream().map(Floats::of).toList();
        Floats numbers = Floats.of(predicted);
        return switch (loss.kind()) {
            case POINTWISE ->
                sparse
                        ? new Batch.Sparse(numbers, labels.length, CLASSES, labels, quality)
                        : new Batch.Dense(numbers, labels.length, CLASSES, columns);
            case ROW -> new Batch.Rows(numbers, rows, predicted.length / rows, columns);
            case BOX -> new Batch.Boxes(numbers, Floats.of(target), rows);
        };
    }

    /** The same with predicted numbers cut to the 16 upper bits. */
    Samples inBfloat16() {
        float[] cut = predicted.clone();
        for (int i = 0; i < cut.length; i++) {
            cut[i] = Float.intBitsToFloat(Float.floatToRawIntBits(cut[i]) & 0xffff0000);
        }
        return new Samples(cut, given, target, weights, labels, quality);
    }

    /** The nearest number of bfloat16, halves to even. */
    static float bfloat16(float number) {
        double step = Math.scalb(1.0, Math.max(Math.getExponent(number), Float.MIN_EXPONENT) - 7);
        return Float.isFinite(number) ? (float) (Math.rint(number / step) * step) : number;
    }
}
