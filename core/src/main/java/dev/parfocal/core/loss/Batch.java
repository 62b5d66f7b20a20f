package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;
import java.util.ArrayList;
import java.util.List;

/** What a loss is evaluated on: predictions, read in place, and what they are judged by. */
public sealed interface Batch {

    /** In {@link Sparse#labels}: the anchor shows no object. */
    int BACKGROUND = -1;

    /** In {@link Sparse#labels}: the anchor counts for nothing; its gradient is 0. */
    int IGNORE = -2;

    /** The predictions; the gradient has their shape. */
    Floats predicted();

    /** The kind of loss that these are for. */
    Kind kind();

    /** How many anchors, rows or boxes. */
    int anchors();

    /** How many elements one anchor has: 1 for rows and boxes. */
    int classes();

    /** How many elements have a value of their own. */
    default int elements() {
        return anchors() * classes();
    }

    /**
     * A target for every logit.
     *
     * @param logits {@code [anchors, classes]}
     * @param given for each given input of the loss one {@code [anchors, classes]}
     */
    record Dense(Floats logits, int anchors, int classes, List<Floats> given) implements Batch {
        public Dense {
            checkSize("logits", logits.length(), "anchors", anchors, "classes", classes);
            for (Floats each : given) {
                checkSize("targets", each.length(), "anchors", anchors, "classes", classes);
            }
            given = List.copyOf(given);
        }

        @Override
        public Floats predicted() {
            return logits;
        }

        @Override
        public Kind kind() {
            return Kind.POINTWISE;
        }
    }

    /**
     * One class at most for each anchor. At the anchor's class a given input named {@code label} is 1 and every other is
     * the quality; everywhere else all are 0.
     *
     * @param logits {@code [anchors, classes]}
     * @param labels {@code [anchors]}: a class in [0, classes), {@link #BACKGROUND} or {@link #IGNORE}
     * @param quality {@code [anchors]}: what the given inputs are at the anchor's class; read only where there is one
     */
    record Sparse(Floats logits, int anchors, int classes, int[] labels, float[] quality) implements Batch {
        public Sparse {
            checkSize("logits", logits.length(), "anchors", anchors, "classes", classes);
            checkSize("labels", labels.length, "anchors", anchors, "", 1);
            checkSize("quality", quality.length, "anchors", anchors, "", 1);
        }

        @Override
        public Floats predicted() {
            return logits;
        }

        @Override
        public Kind kind() {
            return Kind.POINTWISE;
        }
    }

    /**
     * Rows of logits.
     *
     * @param logits {@code [rows, bins]}
     * @param given for each given input of the loss one {@code [rows]}, or {@code [rows, bins]} if it is a row itself
     */
    record Rows(Floats logits, int rows, int bins, List<Floats> given) implements Batch {
        public Rows {
            checkSize("logits", logits.length(), "rows", rows, "bins", bins);
            for (Floats each : given) {
                boolean isRow = each.length() == (long) rows * bins;
                checkSize("targets", each.length(), "rows", rows, isRow ? "bins" : "", isRow ? bins : 1);
            }
            given = List.copyOf(given);
        }

        /**
         * Rows with what is given number by number.
         *
         * @param numbers {@code [rows, numbers]}, in the order of {@link Loss#given()}
         */
        public static Rows of(Loss loss, Floats logits, int rows, float[] numbers) {
            List<Floats> given = new ArrayList<>();
            int at = 0;
            int all = loss.given().size();
            for (Input input : loss.declaredGiven()) {
                int width = Math.max(1, input.length());
                float[] column = new float[rows * width];
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(numbers, r * all + at, column, r * width, width);
                }
                given.add(Floats.of(column));
                at += width;
            }
            return new Rows(logits, rows, loss.predicted().get(0).length(), given);
        }

        @Override
        public Floats predicted() {
            return logits;
        }

        @Override
        public Kind kind() {
            return Kind.ROW;
        }

        @Override
        public int anchors() {
            return rows;
        }

        @Override
        public int classes() {
            return 1;
        }
    }

    /**
     * Boxes, in whatever unit; the four numbers in the order of the loss's inputs: x1 y1 x2 y2.
     *
     * @param predicted {@code [boxes, 4]}
     * @param target {@code [boxes, 4]}
     */
    record Boxes(Floats predicted, Floats target, int boxes) implements Batch {
        public Boxes {
            if (boxes < 0 || boxes == 0 && predicted.length() + target.length() > 0) {
                throw new ParfocalException("a batch of " + boxes + " boxes, but " + predicted.length()
                        + " predicted and " + target.length() + " target coordinates");
            }
        }

        @Override
        public Kind kind() {
            return Kind.BOX;
        }

        @Override
        public int anchors() {
            return boxes;
        }

        @Override
        public int classes() {
            return 1;
        }
    }

    private static void checkSize(String what, int length, String rows, int height, String columns, int width) {
        if (height < 0 || width < 1 || length != (long) height * width) {
            String product = height + " " + rows + (columns.isEmpty() ? "" : " x " + width + " " + columns);
            throw new ParfocalException("wrong size of " + what + ": " + length + " numbers for " + product);
        }
    }
}
