package dev.parfocal.training.criterion;

import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.logsigmoid;
import static org.bytedeco.pytorch.global.torch.maximum;
import static org.bytedeco.pytorch.global.torch.minimum;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.RawTensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Varifocal + 2 · GIoU + 0.5 · DFL written in PyTorch's operations after the papers, differentiated by autograd; given
 * only which points learn what.
 */
final class TorchReference {
    private final Priors points;
    private final Positives positives;
    private final List<Assignment> assignments;
    private final int regMax;

    TorchReference(Priors points, Positives positives, List<Assignment> assignments, int regMax) {
        this.points = points;
        this.positives = positives;
        this.assignments = assignments;
        this.regMax = regMax;
    }

    /** Makes a leaf of {@code tensor}, whose gradients are added to {@code gradient}. */
    static void track(dev.parfocal.training.engine.Tensor tensor, dev.parfocal.training.engine.Tensor gradient) {
        RawTensors.raw(tensor).set_requires_grad(true);
        RawTensors.raw(tensor).mutable_grad().put(RawTensors.raw(gradient));
    }

    double backward(dev.parfocal.training.engine.Tensor allLogits, dev.parfocal.training.engine.Tensor allSides) {
        int n = positives.count();
        Tensor index = torch.empty(n, 4).to(torch.ScalarType.Long);
        for (int i = 0; i < n; i++) {
            index.narrow(0, i, 1).fill_(new Scalar((double) positives.row()[i]));
        }
        Tensor rows = index.select(1, 0);
        int anchors = assignments.size() * points.size();
        Tensor sides = RawTensors.raw(allSides).reshape(anchors, 4, regMax == 0 ? 1 : regMax + 1);
        Tensor own = sides.index_select(0, rows);
        Tensor distances = regMax == 0
                ? torch.softplus(own.squeeze(-1))
                : torch.matmul(
                        torch.softmax(own, -1),
                        torch.arange(new Scalar(0.0), new Scalar(regMax + 1.0)).to(torch.ScalarType.Float));
        Tensor signs = tensor(new float[] {-1, -1, 1, 1}, 4);
        Tensor predicted = distances.mul(signs);
        Tensor target = targets(n);
        Tensor[] overlap = overlap(predicted, target);
        Tensor quality = overlap[0].detach();
        double divisor = Math.max(1, quality.sum().item_float());
        Tensor total = weightedSum(overlap[1], quality).mul(new Scalar(2 / divisor));
        if (regMax > 0) {
            Tensor dfl = distributionFocal(own, target.mul(signs)).mean(1L);
            total = total.add(weightedSum(dfl, quality).mul(new Scalar(0.5 / divisor)));
        }
        total = total.add(varifocal(RawTensors.raw(allLogits).reshape(anchors, allLogits.size(2)), quality));
        total.backward();
        return total.item_float();
    }

    private Tensor varifocal(Tensor logits, Tensor quality) {
        Tensor target = torch.zeros_like(logits);
        Tensor counts = torch.ones_like(logits);
        for (int i = 0; i < positives.count(); i++) {
            int point = positives.row()[i];
            int label = assignments.get(point / points.size()).label()[point % points.size()];
            target.narrow(0, point, 1)
                    .narrow(1, label, 1)
                    .copy_(quality.narrow(0, i, 1).view(1, 1));
        }
        for (int point = 0; point < logits.size(0); point++) {
            if (assignments.get(point / points.size()).label()[point % points.size()] == Assignment.IGNORE) {
                counts.narrow(0, point, 1).zero_();
            }
        }
        Tensor positive = target.gt(new Scalar(0.0)).to(torch.ScalarType.Float);
        Tensor p = torch.sigmoid(logits);
        Tensor logP = logsigmoid(logits);
        Tensor logNotP = logsigmoid(logits.neg());
        Tensor entropy = target.mul(logP).add(target.neg().add(new Scalar(1.0)).mul(logNotP));
        Tensor onPositives = target.mul(entropy).neg();
        Tensor onNegatives = p.mul(p).mul(logNotP).mul(new Scalar(-0.75));
        Tensor each = positive.mul(onPositives)
                .add(positive.neg().add(new Scalar(1.0)).mul(onNegatives))
                .mul(counts);
        return each.sum().div(positive.sum());
    }

    private static Tensor distributionFocal(Tensor logits, Tensor distance) {
        int regMax = (int) logits.size(2) - 1;
        Tensor y = torch.clamp(
                distance,
                new org.bytedeco.pytorch.ScalarOptional(new Scalar(0.0)),
                new org.bytedeco.pytorch.ScalarOptional(new Scalar(regMax - 0.01)));
        Tensor low = y.floor();
        Tensor share = y.sub(low).unsqueeze(-1);
        Tensor index = low.to(torch.ScalarType.Long).unsqueeze(-1);
        Tensor logS = log_softmax(logits, -1);
        Tensor atLow = logS.gather(-1, index);
        Tensor atHigh = logS.gather(-1, index.add(new Scalar(1)));
        return share.neg()
                .add(new Scalar(1.0))
                .mul(atLow)
                .add(share.mul(atHigh))
                .neg()
                .squeeze(-1);
    }

    /** IoU, and the GIoU loss, of boxes {@code [n, 4]}. */
    private static Tensor[] overlap(Tensor a, Tensor b) {
        Tensor width =
                minimum(at(a, 2), at(b, 2)).sub(maximum(at(a, 0), at(b, 0))).relu();
        Tensor height =
                minimum(at(a, 3), at(b, 3)).sub(maximum(at(a, 1), at(b, 1))).relu();
        Tensor both = width.mul(height);
        Tensor union = area(a).add(area(b)).sub(both);
        Tensor hull = maximum(at(a, 2), at(b, 2))
                .sub(minimum(at(a, 0), at(b, 0)))
                .mul(maximum(at(a, 3), at(b, 3)).sub(minimum(at(a, 1), at(b, 1))));
        Tensor iou = both.div(union);
        Tensor giou = iou.sub(hull.sub(union).div(hull));
        return new Tensor[] {iou, giou.neg().add(new Scalar(1.0))};
    }

    private static Tensor area(Tensor box) {
        return at(box, 2).sub(at(box, 0)).mul(at(box, 3).sub(at(box, 1)));
    }

    private static Tensor at(Tensor boxes, int side) {
        return boxes.select(1, side);
    }

    private static Tensor weightedSum(Tensor values, Tensor weights) {
        return values.mul(weights).sum();
    }

    private Tensor targets(int n) {
        float[] targets = new float[4 * n];
        for (int i = 0; i < n; i++) {
            int anchor = positives.row()[i] % points.size();
            float[] boxes = assignments.get(positives.row()[i] / points.size()).targetBox();
            for (int side = 0; side < 4; side++) {
                float origin = side % 2 == 0 ? points.x(anchor) : points.y(anchor);
                targets[4 * i + side] = (boxes[4 * anchor + side] - origin) / points.stride()[anchor];
            }
        }
        return tensor(targets, n, 4);
    }

    private static Tensor tensor(float[] values, long... shape) {
        dev.parfocal.training.engine.Tensor tensor = dev.parfocal.training.engine.Tensor.zeros(shape);
        tensor.set(values);
        return RawTensors.raw(tensor);
    }
}
