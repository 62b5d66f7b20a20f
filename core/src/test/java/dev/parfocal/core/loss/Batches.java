package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random batches of any loss, on the heap at an offset or in direct memory. */
record Batches(Random random, boolean direct) {

    static final int CLASSES = 5;
    private static final int OFFSET = 3;

    static Batches seeded(long seed, boolean direct) {
        return new Batches(new Random(seed), direct);
    }

    /** A batch of the loss's kind with about {@code anchors} anchors; pointwise targets are sparse or dense. */
    Batch of(Loss loss, int anchors, boolean sparse) {
        return switch (loss.kind()) {
            case POINTWISE -> sparse ? sparse(loss, anchors) : dense(loss, anchors, CLASSES);
            case ROW -> rows(loss, anchors);
            case BOX -> loss.predicted().size() == 5 ? rotated(anchors) : boxes(anchors);
        };
    }

    /** Of a loss that takes no target but 0 and 1 every quality is 1. */
    private Batch.Sparse sparse(Loss loss, int anchors) {
        Batch.Sparse batch = sparse(anchors, CLASSES);
        boolean soft = loss.given().stream()
                .allMatch(input -> input.accepts(0.5f) || input.name().equals("label"));
        if (!soft) {
            Arrays.fill(batch.quality(), 1);
        }
        return batch;
    }

    Batch.Sparse sparse(int anchors, int classes) {
        int[] labels = new int[anchors];
        float[] quality = new float[anchors];
        for (int i = 0; i < anchors; i++) {
            int kind = random.nextInt(20);
            labels[i] = kind == 0 ? Batch.IGNORE : kind < 4 ? random.nextInt(classes) : Batch.BACKGROUND;
            quality[i] = kind == 1 ? 1 : random.nextFloat();
        }
        return new Batch.Sparse(normal(anchors * classes, 5), anchors, classes, labels, quality);
    }

    Batch.Dense dense(Loss loss, int anchors, int classes) {
        List<Floats> given = new ArrayList<>();
        for (Input input : loss.given()) {
            Floats column = room(anchors * classes);
            for (int i = 0; i < column.length(); i++) {
                boolean set = random.nextInt(10) == 0 || i / classes % 40 > 30;
                column.set(i, !set ? 0 : input.integer() ? 1 : random.nextFloat());
            }
            given.add(column);
        }
        return new Batch.Dense(normal(anchors * classes, 5), anchors, classes, given);
    }

    private Floats column(Input input, int rows, int bins) {
        Floats column = room(rows);
        for (int i = 0; i < rows; i++) {
            float number = random.nextFloat() * (float) Math.min(input.max(), bins - 1);
            column.set(i, input.integer() ? Math.round(number) : number);
        }
        return column;
    }

    Batch.Rows rows(Loss loss, int rows) {
        int bins = loss.predicted().get(0).length();
        List<Floats> given = new ArrayList<>();
        for (Input input : loss.declaredGiven()) {
            given.add(input.isRow() ? normal(rows * bins, 4) : column(input, rows, bins));
        }
        return new Batch.Rows(normal(rows * bins, 4), rows, bins, given);
    }

    Batch.Boxes boxes(int boxes) {
        Floats predicted = room(boxes * 4);
        Floats target = room(boxes * 4);
        for (int i = 0; i < boxes; i++) {
            float x = random.nextFloat() * 50;
            float y = random.nextFloat() * 50;
            corners(target, i, x, y);
            corners(predicted, i, x + (float) random.nextGaussian() * 8, y + (float) random.nextGaussian() * 8);
        }
        return new Batch.Boxes(predicted, target, boxes);
    }

    private Batch.Boxes rotated(int boxes) {
        Floats predicted = room(boxes * 5);
        Floats target = room(boxes * 5);
        for (int i = 0; i < boxes; i++) {
            float x = random.nextFloat() * 50;
            float y = random.nextFloat() * 50;
            rotated(target, i, x, y);
            rotated(predicted, i, x + (float) random.nextGaussian() * 8, y + (float) random.nextGaussian() * 8);
        }
        return new Batch.Boxes(predicted, target, boxes);
    }

    private void rotated(Floats boxes, int i, float x, float y) {
        boxes.set(5 * i, x);
        boxes.set(5 * i + 1, y);
        boxes.set(5 * i + 2, 4 + random.nextFloat() * 30);
        boxes.set(5 * i + 3, 4 + random.nextFloat() * 30);
        boxes.set(5 * i + 4, (float) random.nextGaussian());
    }

    private void corners(Floats boxes, int i, float x, float y) {
        boxes.set(4 * i, x);
        boxes.set(4 * i + 1, y);
        boxes.set(4 * i + 2, x + 4 + random.nextFloat() * 30);
        boxes.set(4 * i + 3, y + 4 + random.nextFloat() * 30);
    }

    Floats normal(int length, double deviation) {
        Floats numbers = room(length);
        for (int i = 0; i < length; i++) {
            numbers.set(i, (float) (random.nextGaussian() * deviation));
        }
        return numbers;
    }

    /** Memory for some numbers. */
    Floats room(int length) {
        if (direct) {
            ByteBuffer bytes = ByteBuffer.allocateDirect((length + OFFSET) * Float.BYTES);
            bytes.order(ByteOrder.nativeOrder()).position(OFFSET * Float.BYTES);
            return Floats.of(bytes);
        }
        return Floats.of(new float[length + OFFSET + 2], OFFSET, length);
    }
}
