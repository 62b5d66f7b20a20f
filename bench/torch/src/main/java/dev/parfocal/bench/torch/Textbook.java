package dev.parfocal.bench.torch;

import static org.bytedeco.pytorch.global.torch.atan;
import static org.bytedeco.pytorch.global.torch.binary_cross_entropy_with_logits;
import static org.bytedeco.pytorch.global.torch.log_softmax;
import static org.bytedeco.pytorch.global.torch.maximum;
import static org.bytedeco.pytorch.global.torch.minimum;
import static org.bytedeco.pytorch.global.torch.nll_loss;
import static org.bytedeco.pytorch.global.torch.rsub;

import dev.parfocal.bench.Case;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.Reduction;

/** The losses as composed in the field's Python code (torchvision, mmdetection), operation by operation; summed. */
final class Textbook {

    private static final float EPSILON = 1e-7f;
    private static final float FOUR_OVER_PI_SQUARED = (float) (4 / (Math.PI * Math.PI));

    private Textbook() {}

    /** torchvision.ops.sigmoid_focal_loss: alpha 0.25, gamma 2. */
    static Tensor focal(Tensor x, Tensor t) {
        Tensor p = x.sigmoid();
        Tensor crossEntropy = crossEntropy(x, t);
        Tensor pt = p.mul(t).add(oneMinus(p).mul(oneMinus(t)));
        Tensor loss = crossEntropy.mul(oneMinus(pt).pow(number(2)));
        Tensor alpha = t.mul(number(0.25f)).add(oneMinus(t).mul(number(0.75f)));
        return alpha.mul(loss).sum();
    }

    /** mmdetection's varifocal_loss, gradient through the weight: alpha 0.75, gamma 2. */
    static Tensor varifocal(Tensor x, Tensor t) {
        Tensor p = x.sigmoid();
        Tensor positive = t.gt(number(0)).toType(t.scalar_type());
        Tensor weight = t.mul(positive)
                .add(p.sub(t).abs().pow(number(2)).mul(number(0.75f)).mul(oneMinus(positive)));
        return crossEntropy(x, t).mul(weight).sum();
    }

    /** Quality focal loss over all elements: beta 2. */
    static Tensor qualityFocal(Tensor x, Tensor t) {
        return crossEntropy(x, t).mul(t.sub(x.sigmoid()).abs().pow(number(2))).sum();
    }

    /** mmdetection's distribution_focal_loss: two cross-entropies, weighted by the distances to both bins. */
    static Tensor distributionFocal(Tensor rows, Tensor left, Tensor right, Tensor toLeft, Tensor toRight) {
        Tensor first = rowCrossEntropy(rows, left).mul(toRight);
        return first.add(rowCrossEntropy(rows, right).mul(toLeft)).sum();
    }

    /** torchvision's generalized, distance and complete box IoU losses, and the plain 1 - IoU. */
    static Tensor iou(Case subject, Tensor predicted, Tensor target) {
        Sides p = Sides.of(predicted);
        Sides t = Sides.of(target);
        Tensor width = minimum(p.x2, t.x2).sub(maximum(p.x1, t.x1)).clamp_min(number(0));
        Tensor height = minimum(p.y2, t.y2).sub(maximum(p.y1, t.y1)).clamp_min(number(0));
        Tensor intersection = width.mul(height);
        Tensor union = p.area().add(t.area()).sub(intersection);
        Tensor iou = intersection.div(union.add(number(EPSILON)));
        Tensor loss = oneMinus(iou);
        return switch (subject) {
            case GIOU -> loss.add(emptyShare(p, t, union)).sum();
            case DIOU -> loss.add(centreDistance(p, t)).sum();
            case CIOU -> loss.add(centreDistance(p, t)).add(aspect(p, t, iou)).sum();
            default -> loss.sum();
        };
    }

    private record Sides(Tensor x1, Tensor y1, Tensor x2, Tensor y2) {
        static Sides of(Tensor boxes) {
            return new Sides(boxes.select(1, 0), boxes.select(1, 1), boxes.select(1, 2), boxes.select(1, 3));
        }

        Tensor width() {
            return x2.sub(x1);
        }

        Tensor height() {
            return y2.sub(y1);
        }

        Tensor area() {
            return width().mul(height());
        }
    }

    private static Tensor emptyShare(Sides p, Sides t, Tensor union) {
        Tensor hull = hullWidth(p, t).mul(hullHeight(p, t));
        return hull.sub(union).div(hull.add(number(EPSILON)));
    }

    private static Tensor centreDistance(Sides p, Sides t) {
        Tensor diagonal =
                hullWidth(p, t).square().add(hullHeight(p, t).square()).add(number(EPSILON));
        Tensor dx = p.x1.add(p.x2).sub(t.x1).sub(t.x2).div(number(2));
        Tensor dy = p.y1.add(p.y2).sub(t.y1).sub(t.y2).div(number(2));
        return dx.square().add(dy.square()).div(diagonal);
    }

    private static Tensor aspect(Sides p, Sides t, Tensor iou) {
        Tensor angle = atan(t.width().div(t.height())).sub(atan(p.width().div(p.height())));
        Tensor v = angle.square().mul(number(FOUR_OVER_PI_SQUARED));
        Tensor alpha = v.detach().div(oneMinus(iou.detach()).add(v.detach()).add(number(EPSILON)));
        return alpha.mul(v);
    }

    private static Tensor hullWidth(Sides p, Sides t) {
        return maximum(p.x2, t.x2).sub(minimum(p.x1, t.x1));
    }

    private static Tensor hullHeight(Sides p, Sides t) {
        return maximum(p.y2, t.y2).sub(minimum(p.y1, t.y1));
    }

    private static Tensor crossEntropy(Tensor x, Tensor t) {
        return binary_cross_entropy_with_logits(x, t, new TensorOptional(), new TensorOptional(), Reduction.None.value);
    }

    private static Tensor rowCrossEntropy(Tensor rows, Tensor bins) {
        return nll_loss(log_softmax(rows, 1), bins, new TensorOptional(), Reduction.None.value, -100);
    }

    private static Tensor oneMinus(Tensor t) {
        return rsub(t, number(1));
    }

    /** Made anew each time: a call's pointer scope frees it. */
    private static Scalar number(float value) {
        return new Scalar(value);
    }
}
