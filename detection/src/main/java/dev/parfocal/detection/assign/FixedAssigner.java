package dev.parfocal.detection.assign;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;

/**
 * A matching that is known beforehand: denoising queries are made from the objects that they are to restore (Li, Zhang, Liu,
 * Guo, Ni, Zhang: DN-DETR, CVPR 2022, arXiv 2203.01305).
 *
 * @param owner {@code [priors]} the index of each prior's object, {@link Assignment#BACKGROUND} or {@link Assignment#IGNORE}
 */
public record FixedAssigner(int... owner) implements Assigner {

    @Override
    public boolean needsPredictions() {
        return false;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return Optional.empty();
    }

    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        if (priors.size() != owner.length) {
            throw new ParfocalException(
                    "a matching of " + owner.length + " priors was given, but there are " + priors.size());
        }
        for (int prior = 0; prior < owner.length; prior++) {
            if (owner[prior] < Assignment.IGNORE || owner[prior] >= objects.size()) {
                throw new ParfocalException("the matching gives prior " + prior + " the object " + owner[prior]
                        + ", but the image has " + objects.size());
            }
        }
        return Assignment.of(owner, objects);
    }
}
