package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.language.Formula;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One evaluation whose sizes and options are known to fit together. */
record Call(Loss loss, Batch batch, Options options, Floats gradient) {

    static Call of(Loss loss, Batch batch, Options options, Floats gradient) {
        Call call = new Call(loss, batch, options, gradient);
        call.checkKind();
        call.checkSizes();
        call.checkOptions();
        return call;
    }

    /** The loss's program; parameters with arguments or per-class values stay free. */
    ScalarProgram program() {
        return loss.program(options.arguments().keySet(), options.perClass().keySet());
    }

    /** The two terms of a state's mean; what has arguments stays free. */
    List<ScalarProgram> stateTerms(State state) {
        return loss.stateTerms(state, options.arguments().keySet());
    }

    /** The entries of parameters that differ from class to class here, of a loss of rows. */
    List<Formula.Entry> entries() {
        return loss.entries().stream()
                .filter(entry -> options.perClass().containsKey(entry.parameter()))
                .toList();
    }

    /** The same of functions of the index, at the index. */
    List<Formula.Entry> indexEntries() {
        return loss.indexEntries().stream()
                .filter(entry -> options.perClass().containsKey(entry.parameter()))
                .toList();
    }

    /** The column of a given input. */
    int givenColumn(String name) {
        return loss.given().stream().map(Input::name).toList().indexOf(name);
    }

    int anchors() {
        return batch.anchors();
    }

    int classes() {
        return batch.classes();
    }

    /** How many classes there are values for: one for each logit of an anchor or of a row. */
    private int classCount() {
        return loss.kind() == Kind.ROW ? loss.predicted().get(0).length() : classes();
    }

    private void checkKind() {
        if (batch.kind() != loss.kind()) {
            throw new ParfocalException(
                    "the loss " + loss.name() + " is of kind " + loss.kind() + ", but the batch of kind " + batch.kind()
                            + ": " + batch.getClass().getSimpleName());
        }
    }

    private void checkSizes() {
        checkSize("the gradient", gradient, batch.predicted().length());
        if (batch instanceof Batch.Dense dense) {
            checkGiven(dense.given().size());
        } else if (batch instanceof Batch.Rows rows) {
            checkGiven(rows.given().size());
            checkGivenRows(rows);
            int length = loss.predicted().get(0).length();
            if (length != rows.bins()) {
                throw new ParfocalException("the loss " + loss.name() + " reads rows of " + length
                        + " logits, but the batch has rows of " + rows.bins() + ": set the loss's row length");
            }
        } else if (batch instanceof Batch.Boxes boxes) {
            checkSize(
                    "the predicted boxes",
                    boxes.predicted(),
                    (long) boxes.boxes() * loss.predicted().size());
            checkSize(
                    "the target boxes",
                    boxes.target(),
                    (long) boxes.boxes() * loss.given().size());
        }
    }

    private void checkGiven(int found) {
        if (found != loss.declaredGiven().size()) {
            throw new ParfocalException("the loss " + loss.name() + " is given "
                    + loss.declaredGiven().stream().map(Input::name).toList() + ", but the batch has " + found
                    + " targets");
        }
    }

    private void checkGivenRows(Batch.Rows rows) {
        for (int i = 0; i < rows.given().size(); i++) {
            Input input = loss.declaredGiven().get(i);
            int width = Math.max(1, input.length());
            checkSize("the target " + input.name(), rows.given().get(i), (long) rows.rows() * width);
        }
    }

    private void checkOptions() {
        Weights weights = options.weights();
        checkSize("the element weights", weights.element(), batch.elements());
        checkSize("the anchor weights", weights.anchor(), anchors());
        checkSize("the class weights", weights.classes(), classCount());
        checkSize("the values", options.values(), batch.elements());
        options.perClass().forEach((name, each) -> checkSize("the parameter " + name, each, classCount()));
        if (weights.classes() != null
                && loss.kind() != Kind.POINTWISE
                && loss.classInput().isEmpty()) {
            throw new ParfocalException(
                    "class weights need a loss that knows a class for each logit, or is given one for"
                            + " each row as a whole number; " + loss.name() + " is not");
        }
        if (loss.kind() != Kind.POINTWISE && options.statistics()) {
            throw new ParfocalException("statistics are for pointwise losses, not for " + loss.name());
        }
        options.arguments().forEach((name, value) -> Parameters.check(loss, name, value));
        options.perClass().forEach((name, each) -> Parameters.check(loss, name, each));
        checkSmoothing();
        if (options.normalizer() instanceof Normalizer.PerImage each && anchors() % each.images() != 0) {
            throw new ParfocalException(
                    anchors() + " anchors cannot be those of " + each.images() + " images with equally many each");
        }
    }

    private void checkSmoothing() {
        if (options.smoothing() != 0 && !loss.takesSmoothing()) {
            throw new ParfocalException(
                    "label smoothing needs a loss of logits with one target in [0, 1], or of rows with a parameter"
                            + " 'smoothing'; " + loss.name() + " is neither");
        }
    }

    private static void checkSize(String what, @Nullable Floats numbers, long expected) {
        if (numbers != null && numbers.length() != expected) {
            throw new ParfocalException(
                    "wrong size of " + what + ": " + numbers.length() + " numbers where " + expected + " are needed");
        }
    }
}
