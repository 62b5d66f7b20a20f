package dev.parfocal.training.criterion;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec.Columns;
import java.nio.FloatBuffer;
import java.util.List;

/** A loss on rows of logits of which one is the background: every row learns its object's class, or that there is none. */
final class RowClassification implements ClassLoss {
    private static final Columns COLUMNS = Columns.BACKGROUND_AND_CLASSES;

    private final String output;
    private final Component component;
    private final int columns;
    private final GradientBuffer gradient = new GradientBuffer();

    /**
     * In a slot of an output.
     *
     * @param columns of the logits, the background's among them
     */
    RowClassification(Slots slots, String slot, LossComponent config, int columns) {
        output = slots.output();
        this.columns = columns;
        component = Component.ofClasses(slots.component(slot), slots.key(slot), config, Kind.ROW, COLUMNS, columns - 1);
    }

    @Override
    public String component() {
        return component.name();
    }

    @Override
    public List<Component> components() {
        return List.of(component);
    }

    @Override
    public float[] quality(Positives positives) {
        return ObjectFactors.ones(positives.count());
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        MatchedOutput matched = batch.output(output);
        Tensor logits = matched.output().logits();
        int rows = matched.output().priors().rows();
        float[] labels = new float[rows];
        float[] weights = new float[rows];
        fill(matched, labels, weights);
        double sum = 0;
        for (float weight : weights) {
            sum += weight;
        }
        Evaluation value = component.evaluate(
                new Batch.Rows(logits.onHost().numbers(), rows, columns, List.of(Floats.of(labels))),
                matched.counts().divisor(component.config().divide(), sum),
                Weights.perElement(Floats.of(weights)),
                Floats.of(gradient.bytes(logits.elements())),
                batch.settings(),
                GatheredRows.all(matched.labels()));
        return List.of(Contribution.of(component.name(), value, logits, gradient.like(logits)));
    }

    /** The column that each row is to learn, and how much it counts. */
    private void fill(MatchedOutput matched, float[] labels, float[] weights) {
        boolean perImage = component.config().divide() == LossComponent.Division.PER_IMAGE;
        int row = 0;
        for (int image = 0; image < matched.assignments().size(); image++) {
            for (int label : matched.assignments().get(image).label()) {
                labels[row] = label < 0 ? 0 : COLUMNS.of(label);
                weights[row] = label == Assignment.IGNORE
                        ? 0
                        : perImage ? matched.counts().share(image) : 1;
                row++;
            }
        }
        Positives positives = matched.positives();
        for (int i = 0; i < positives.count(); i++) {
            weights[positives.row()[i]] *= matched.factor()[i];
        }
    }

    @Override
    public float[] ofPositives(MatchedOutput matched, StepSettings settings) {
        Output logits = matched.output();
        Positives positives = matched.positives();
        float[] rows = new float[positives.count() * columns];
        float[] labels = new float[positives.count()];
        FloatBuffer all = logits.logits().onHost().floats();
        for (int i = 0; i < labels.length; i++) {
            all.get(positives.row()[i] * columns, rows, i * columns, columns);
            labels[i] = COLUMNS.of(positives.label()[i]);
        }
        Batch batch = new Batch.Rows(Floats.of(rows), labels.length, columns, List.of(Floats.of(labels)));
        return component.values(batch, settings);
    }
}
