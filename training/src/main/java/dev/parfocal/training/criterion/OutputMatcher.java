package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.EachImage;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.ImagePredictions;
import dev.parfocal.training.model.InputSize;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Matches an output with the objects: decodes boxes, gives priors to objects, draws which are learnt from, and says how good
 * each positive row's box is and how much it counts.
 *
 * @param successor the classification loss that the first one hands over to
 */
record OutputMatcher(
        OutputSpec spec,
        ClassLoss classification,
        @Nullable ClassLoss successor,
        BoxLosses boxes,
        AssignerConfig assigner,
        @Nullable SamplerConfig sampler,
        InputSize input) {

    private static final double MOMENTUM = 0.9;

    /**
     * Matches a batch.
     *
     * @param average of the numbers of positives of the batches before
     * @throws MatchingRefusal if the assigner refuses an image: the first of them
     */
    MatchedOutput match(Output output, List<List<Annotation>> objects, StepSettings settings, double average) {
        BoxCode.Decoded decoded = output.code().decode(output.boxes(), output.priors());
        List<Assignment> assignments = assignments(output, decoded, objects, settings);
        Positives positives = Positives.of(assignments, output.priors(), decoded);
        MatchedOutput equal = new MatchedOutput(
                output,
                decoded,
                assignments,
                positives,
                quality(positives, settings),
                ObjectFactors.ones(positives.count()),
                Counts.of(assignments, objects, average, MOMENTUM));
        ObjectWeights weights = settings.objects();
        return weights == null ? equal : equal.withFactor(factor(equal, objects, weights, settings));
    }

    /** What the class of each positive row is to score; of two classification losses blended by their weights. */
    private float[] quality(Positives positives, StepSettings settings) {
        float[] quality = classification.quality(positives);
        if (successor == null) {
            return quality;
        }
        double first = settings.weight(classification.component());
        double second = settings.weight(successor.component());
        double share = first + second > 0 ? second / (first + second) : 0;
        float[] other = successor.quality(positives);
        float[] blended = new float[quality.length];
        for (int i = 0; i < blended.length; i++) {
            blended[i] = (float) ((1 - share) * quality[i] + share * other[i]);
        }
        return blended;
    }

    private float[] factor(
            MatchedOutput matched, List<List<Annotation>> objects, ObjectWeights weights, StepSettings settings) {
        Positives positives = matched.positives();
        float[] losses = new float[0];
        if (weights.needsLosses()) {
            losses = classification.ofPositives(matched, settings);
            float[] ofBoxes = boxes.ofPositives(matched, settings);
            for (int i = 0; i < losses.length; i++) {
                losses[i] += ofBoxes[i];
            }
        }
        return ObjectFactors.of(weights, positives, objects, losses);
    }

    private List<Assignment> assignments(
            Output output, BoxCode.Decoded decoded, List<List<Annotation>> objects, StepSettings settings) {
        List<Assignment> given = output.given();
        if (given != null) {
            return given;
        }
        Assigner chosen = assigner(settings);
        return EachImage.of(objects.size(), image -> {
            Predictions predictions = chosen.needsPredictions()
                    ? ImagePredictions.of(output, spec.scoring(), decoded, image)
                    : Predictions.none();
            try {
                return match(
                        chosen, output.priors().of(image), objects.get(image), predictions, settings.seed() + image);
            } catch (ParfocalException e) {
                throw new MatchingRefusal(spec.name(), image, e);
            }
        });
    }

    private Assigner assigner(StepSettings settings) {
        AssignerConfig other = settings.assigner();
        // A schedule means one assigner; outputs that are matched in another way keep their own.
        AssignerConfig now = other != null && other.kind().equals(assigner.kind()) ? other : assigner;
        return now.assigner(input);
    }

    /** What priors without predictions, such as proposals, have to learn in an image. */
    Assignment match(Priors priors, List<Annotation> objects, long seed) {
        return match(assigner.assigner(input), priors, objects, Predictions.none(), seed);
    }

    private Assignment match(
            Assigner chosen, Priors priors, List<Annotation> objects, Predictions predictions, long seed) {
        List<Annotation> known = spec.columns() == OutputSpec.Columns.OBJECT
                ? objects.stream().map(OutputMatcher::withoutClass).toList()
                : objects;
        Assignment all = chosen.assign(priors, known, predictions);
        return sampler == null
                ? all
                : sampler.sampler().sample(all, seed * 31 + spec.name().hashCode());
    }

    private static Annotation withoutClass(Annotation object) {
        return new Annotation(object.box(), 0, object.crowd(), object.area());
    }
}
