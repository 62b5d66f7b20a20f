package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.training.criterion.LossComponent.Target;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec.Columns;
import dev.parfocal.training.model.OutputSpec.Slot;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A pointwise loss on logits of one output: every row learns its object's class at some quality, and 0 elsewhere; or, on a
 * branch, whether it owns an object.
 */
final class Classification implements ClassLoss {
    private static final float[] PROBES = {0.3f, 0.5f, 0.8f};
    private static final double FLAT = 1e-3;

    private final String output;
    private final String slot;
    private final Slot reads;
    private final Columns columns;
    private final Component component;
    private final Target target;
    private final GradientBuffer gradient = new GradientBuffer();

    /** In a slot of an output. */
    Classification(Slots slots, String slot, LossComponent config, int classCount) {
        output = slots.output();
        this.slot = slot;
        reads = slots.slot(slot);
        columns = reads == Slot.OBJECTNESS ? Columns.OBJECT : slots.spec().columns();
        component = Component.ofClasses(
                slots.component(slot), slots.key(slot), config, Kind.POINTWISE, columns, classCount);
        target = config.target() == Target.AUTO ? natural(component.loss()) : config.target();
        if (target != Target.HARD && GivenNumbers.isHard(component.loss())) {
            throw new ParfocalException(slots.key(slot) + ": " + config.loss() + " takes the targets 0 and 1 only: set "
                    + slots.key(slot) + ".target to hard");
        }
    }

    /** Quality if the loss takes it and has slope 0 wherever the probability equals the target. */
    private static Target natural(Loss loss) {
        if (GivenNumbers.isHard(loss)) {
            return Target.HARD;
        }
        LossFunction function = LossFunction.of(loss.ofClass(0), Backend.REFERENCE, 1);
        for (float q : PROBES) {
            double there = Math.abs(slope(function, Math.log(q / (1 - q)), q));
            double aside = Math.abs(slope(function, Math.log(q / (1 - q)) + 1, q));
            if (there > FLAT * aside) {
                return Target.HARD;
            }
        }
        return Target.QUALITY;
    }

    private static double slope(LossFunction function, double logit, float quality) {
        float[] gradient = new float[1];
        Batch batch =
                new Batch.Sparse(Floats.of(new float[] {(float) logit}), 1, 1, new int[] {0}, new float[] {quality});
        function.evaluate(batch, Options.of(Normalizer.none()), Floats.of(gradient));
        return gradient[0];
    }

    @Override
    public List<Component> components() {
        return List.of(component);
    }

    @Override
    public String component() {
        return component.name();
    }

    @Override
    public float[] quality(Positives positives) {
        return switch (target) {
            case ALIGNMENT -> positives.alignment();
            case QUALITY -> positives.iou();
            case CENTERNESS -> positives.centerness();
            case HARD, AUTO -> ObjectFactors.ones(positives.count());
        };
    }

    private Tensor logits(Output from) {
        return reads == Slot.OBJECTNESS ? from.branch(slot) : from.logits();
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        MatchedOutput matched = batch.output(output);
        Tensor logits = logits(matched.output());
        int rows = matched.output().priors().rows();
        Positives positives = matched.positives();
        float[] quality = quality(positives);
        float[] qualities = new float[rows];
        for (int i = 0; i < positives.count(); i++) {
            qualities[positives.row()[i]] = quality[i];
        }
        int columnCount = rows == 0 ? 1 : (int) (logits.elements() / rows);
        Evaluation value = component.evaluate(
                new Batch.Sparse(logits.onHost().numbers(), rows, columnCount, labels(matched), qualities),
                normalizer(matched.counts(), quality),
                weights(matched, batch.settings(), rows),
                Floats.of(gradient.bytes(logits.elements())),
                batch.settings());
        return List.of(Contribution.of(component.name(), value, logits, gradient.like(logits)));
    }

    /** The column of each row; rows of objects that count for nothing are ignored. */
    private int[] labels(MatchedOutput matched) {
        int[] labels = matched.labels();
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                labels[i] = columns.of(labels[i]);
            } else if (reads == Slot.CLASSES_OF_OBJECTS) {
                labels[i] = Assignment.IGNORE;
            }
        }
        for (int i = 0; i < matched.positives().count(); i++) {
            if (matched.factor()[i] == 0) {
                labels[matched.positives().row()[i]] = Assignment.IGNORE;
            }
        }
        return labels;
    }

    private static Weights weights(MatchedOutput matched, StepSettings settings, int rows) {
        if (settings.objects() == null) {
            return Weights.none();
        }
        float[] weights = new float[rows];
        Arrays.fill(weights, 1);
        for (int i = 0; i < matched.positives().count(); i++) {
            weights[matched.positives().row()[i]] = matched.factor()[i];
        }
        return Weights.perAnchor(Floats.of(weights));
    }

    private Normalizer normalizer(Counts counts, float[] quality) {
        LossComponent.Division division = component.config().divide();
        return switch (division) {
            case AUTO -> Normalizer.of(component.loss().recipe().normalizer());
            case POSITIVES -> Normalizer.positives();
            case QUALITY -> Normalizer.quality();
            case PER_IMAGE -> Normalizer.perImage(counts.positives().length);
            case SAMPLED, OBJECTS, MOVING_AVERAGE -> counts.divisor(division, quality.length);
        };
    }

    @Override
    public float[] ofPositives(MatchedOutput matched, StepSettings settings) {
        Positives positives = matched.positives();
        int count = positives.count();
        if (component.isPerClass()) {
            return ofPositivesByClass(matched, settings);
        }
        float[] own = new float[count];
        Tensor logits = logits(matched.output());
        FloatBuffer all = logits.onHost().floats();
        int columnCount = count == 0
                ? 1
                : (int) (logits.elements() / matched.output().priors().rows());
        for (int i = 0; i < count; i++) {
            own[i] = all.get(
                    positives.row()[i] * columnCount + columns.of(positives.label()[i]));
        }
        return component.values(
                new Batch.Sparse(Floats.of(own), count, 1, new int[count], quality(positives)), settings);
    }

    /** The same where it depends on the class: each row has a column for each class, of which its own is looked at. */
    private float[] ofPositivesByClass(MatchedOutput matched, StepSettings settings) {
        Positives positives = matched.positives();
        int count = positives.count();
        Tensor logits = logits(matched.output());
        FloatBuffer all = logits.onHost().floats();
        int columnCount = count == 0
                ? 1
                : (int) (logits.elements() / matched.output().priors().rows());
        float[] rows = new float[count * columnCount];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            all.get(positives.row()[i] * columnCount, rows, i * columnCount, columnCount);
            labels[i] = columns.of(positives.label()[i]);
        }
        float[] every = component.values(
                new Batch.Sparse(Floats.of(rows), count, columnCount, labels, quality(positives)), settings);
        float[] own = new float[count];
        for (int i = 0; i < count; i++) {
            own[i] = every[i * columnCount + labels[i]];
        }
        return own;
    }
}
