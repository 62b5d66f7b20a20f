package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.Layout.Axis;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.criterion.Positives;
import dev.parfocal.training.model.OutputSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rows of an output are called.
 *
 * @param batch whose images they belong to
 * @param priors of the output
 * @param output what the model says of it
 */
record RowNames(BatchNames batch, PriorBatch priors, OutputSpec output) {

    /** A row in words: {@code image 12 (a.jpg), level 1 (stride 16), anchor 1300 at x 40, y 8}, or {@code query 7}. */
    String row(int row) {
        int image = priors.image(row);
        return batch.picture(image) + ", " + prior(priors.of(image), row - priors.start(image));
    }

    private String prior(Priors all, int prior) {
        if (output.priors() == Priors.Kind.QUERIES) {
            return "query " + prior;
        }
        String level =
                all.levels() > 1 ? "level " + all.level(prior) + " (stride " + shown(all.stride()[prior]) + "), " : "";
        return level + (output.priors() == Priors.Kind.PROPOSALS ? "proposal " : "anchor ") + prior + " at x "
                + shown(all.x(prior)) + ", y " + shown(all.y(prior));
    }

    private static String shown(float pixels) {
        return pixels == Math.rint(pixels) ? Integer.toString((int) pixels) : Float.toString(pixels);
    }

    /** The class of a column of the logits, in words; empty where there is only one, for objects of any class. */
    String ofColumn(int column) {
        return ofClass(output.columns() == OutputSpec.Columns.BACKGROUND_AND_CLASSES ? column - 1 : column);
    }

    /**
     * The class that a row is to learn, in words; empty where the output does not tell classes apart.
     *
     * @param label negative: background
     */
    String ofClass(int label) {
        if (output.columns() == OutputSpec.Columns.OBJECT
                || label >= batch.classes().size()) {
            return "";
        }
        return label < 0 ? ", background" : ", class " + batch.classes().get(label);
    }

    private Axis rows() {
        return new Axis(priors.rows(), this::row);
    }

    /** Of logits {@code [rows, columns]}. */
    Layout logits(int columns) {
        return Layout.of(
                rows(),
                switch (output.columns()) {
                    case CLASSES -> Axis.of("class", batch.classes());
                    case OBJECT -> Axis.of("column", columns);
                    case BACKGROUND_AND_CLASSES -> Axis.of("class", withBackground());
                });
    }

    private List<String> withBackground() {
        List<String> names = new ArrayList<>(List.of("background"));
        names.addAll(batch.classes());
        return names;
    }

    /** Of a code's raw numbers {@code [rows, length]}. */
    Layout boxes(BoxCode code) {
        int boxes = code.length() / (4 * code.bins());
        Axis coordinates = Axis.of("side", code.coordinates());
        Axis bins = Axis.of("bin", code.bins());
        if (boxes == 1) {
            return Layout.of(rows(), coordinates, bins);
        }
        Axis classes = boxes == batch.classes().size() ? Axis.of("class", batch.classes()) : Axis.of("box", boxes);
        return Layout.of(rows(), classes, coordinates, bins);
    }

    /** Of a branch {@code [rows, numbers]}. */
    Layout branch(int numbers) {
        return Layout.of(rows(), Axis.of("number", numbers));
    }

    /** What a positive row is to learn, in words: {@code object disc from x 3, y 5 to x 38, y 41}. */
    String learnt(MatchedBatch matched, Positives positives, int positive) {
        Annotation object =
                matched.objects().get(positives.image()[positive]).get(positives.object()[positive]);
        Box box = object.box();
        return "object " + batch.classes().get(object.label()) + " from x " + shown((float) box.x1()) + ", y "
                + shown((float) box.y1()) + " to x " + shown((float) box.x2()) + ", y " + shown((float) box.y2());
    }
}
