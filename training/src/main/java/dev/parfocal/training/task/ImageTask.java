package dev.parfocal.training.task;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Weights;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.criterion.Component;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.GradientBuffer;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Branch;
import java.util.List;

/** Answers a question about whole images for every class, from the pooled features. */
final class ImageTask implements BranchTask {
    private final ImageTarget target;
    private final Component component;
    private final Branch branch;
    private final GradientBuffer gradient = new GradientBuffer();

    ImageTask(ImageTarget target, TaskLoss config, int classCount) {
        this.target = target;
        component = BranchTask.component(target.word(), config, target.largest());
        branch = target.branch(classCount);
    }

    @Override
    public String name() {
        return target.word();
    }

    @Override
    public List<Component> components() {
        return List.of(component);
    }

    @Override
    public Branch branch() {
        return branch;
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        Tensor output = batch.prediction().branch(name());
        int images = output.size(0);
        int classes = output.size(1);
        float[] targets = new float[images * classes];
        float[] weights = new float[targets.length];
        for (int image = 0; image < images; image++) {
            List<Annotation> objects = batch.objects().get(image);
            float[] own = target.targets(objects, classes);
            for (int label = 0; label < classes; label++) {
                boolean known = own[label] != ImageTarget.UNKNOWN;
                targets[image * classes + label] = known ? own[label] : 0;
                weights[image * classes + label] = known ? 1 : 0;
            }
        }
        Batch rows = new Batch.Dense(output.onHost().numbers(), images, classes, List.of(Floats.of(targets)));
        Evaluation value = component.evaluate(
                rows,
                Normalizer.of(component.loss().recipe().normalizer()),
                Weights.perElement(Floats.of(weights)),
                Floats.of(gradient.bytes(output.elements())),
                batch.settings());
        return List.of(Contribution.of(name(), value, output, gradient.like(output)));
    }
}
