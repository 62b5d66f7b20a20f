package dev.parfocal.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.nn.Activation;

/**
 * The losses as a DJL user composes them, operation by operation; summed.
 *
 * @param constants how constants come in
 */
record Textbook(Constants constants) {

    /** alpha 0.25, gamma 2. */
    NDArray focal(NDArray x, NDArray t) {
        NDArray p = Activation.sigmoid(x);
        NDArray pt = p.mul(t).add(constants.oneMinus(p).mul(constants.oneMinus(t)));
        NDArray loss = crossEntropy(x, t).mul(constants.power(constants.oneMinus(pt), 2));
        NDArray alpha = constants.times(t, 0.25f).add(constants.times(constants.oneMinus(t), 0.75f));
        return alpha.mul(loss).sum();
    }

    /** alpha 0.75, gamma 2; gradient through the weight. */
    NDArray varifocal(NDArray x, NDArray t) {
        NDArray p = Activation.sigmoid(x);
        NDArray positive = t.gt(0).toType(DataType.FLOAT32, false);
        NDArray negativeWeight = constants.times(constants.power(p.sub(t).abs(), 2), 0.75f);
        NDArray weight = t.mul(positive).add(negativeWeight.mul(constants.oneMinus(positive)));
        return crossEntropy(x, t).mul(weight).sum();
    }

    /** beta 2. */
    NDArray qualityFocal(NDArray x, NDArray t) {
        NDArray distance = t.sub(Activation.sigmoid(x)).abs();
        return crossEntropy(x, t).mul(constants.power(distance, 2)).sum();
    }

    /** Two cross-entropies, weighted by the distances to both bins. */
    NDArray distributionFocal(NDArray rows, NDArray left, NDArray right, NDArray toLeft, NDArray toRight) {
        NDArray logs = rows.logSoftmax(1);
        NDArray first = logs.gather(left, 1).mul(toRight);
        NDArray second = logs.gather(right, 1).mul(toLeft);
        return first.add(second).neg().sum();
    }

    private static NDArray crossEntropy(NDArray x, NDArray t) {
        return Activation.relu(x).sub(x.mul(t)).add(Activation.softPlus(x.abs().neg()));
    }
}
