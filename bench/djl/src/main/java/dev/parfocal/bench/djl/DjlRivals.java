package dev.parfocal.bench.djl;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.parfocal.bench.Case;
import dev.parfocal.bench.Contestant;
import dev.parfocal.bench.Inputs;
import dev.parfocal.bench.Rivals;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.djl.ParfocalLoss;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** DJL with its PyTorch engine: the composition with numbers, with arrays, and Parfocal's own loss for DJL. */
final class DjlRivals implements Rivals {

    private static final int THREADS = 2;

    private final NDManager arrays = NDManager.newBaseManager();

    @Override
    public String engine() {
        return "DJL " + Engine.getDjlVersion() + ", PyTorch "
                + Engine.getInstance().getVersion();
    }

    @Override
    public List<Contestant> contestants(Case subject, Inputs inputs) {
        NDArray predictions = subject == Case.DFL
                ? arrays.create(inputs.rows(), new Shape(Inputs.ROWS, Inputs.BINS))
                : arrays.create(inputs.logits(), new Shape(Inputs.ANCHORS, Inputs.CLASSES));
        List<Contestant> contestants = new ArrayList<>();
        for (Constants constants : Constants.values()) {
            String name = "djl composed, constants by " + (constants == Constants.NUMBERS ? "Number" : "manager.full");
            UnaryOperator<NDArray> loss = loss(subject, inputs, new Textbook(constants));
            contestants.add(new Contestant(name, THREADS, "tensor", () -> evaluate(predictions, loss)));
        }
        UnaryOperator<NDArray> ours = parfocal(subject, inputs);
        contestants.add(
                new Contestant("parfocal vector, as a DJL loss", THREADS, "tensor", () -> evaluate(predictions, ours)));
        return contestants;
    }

    /**
     * A leaf over the same memory for each call, so that the gradient is made anew as in a network. The scope closes every
     * array that the call made, those beside the constant targets too.
     */
    private static double evaluate(NDArray predictions, UnaryOperator<NDArray> loss) {
        try (NDScope temporaries = new NDScope();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            temporaries.suppressNotUsedWarning();
            NDArray leaf = predictions.stopGradient();
            leaf.setRequiresGradient(true);
            NDArray value = loss.apply(leaf);
            collector.backward(value);
            return value.getFloat();
        }
    }

    private UnaryOperator<NDArray> loss(Case subject, Inputs inputs, Textbook textbook) {
        return switch (subject) {
            case FOCAL_SPARSE, FOCAL_DENSE -> {
                NDArray t = dense(inputs.oneHot());
                yield x -> textbook.focal(x, t);
            }
            case VARIFOCAL_SPARSE, VARIFOCAL_DENSE -> {
                NDArray t = dense(inputs.soft());
                yield x -> textbook.varifocal(x, t);
            }
            case QFL_SPARSE, QFL_DENSE -> {
                NDArray t = dense(inputs.soft());
                yield x -> textbook.qualityFocal(x, t);
            }
            case DFL -> distribution(inputs, textbook);
            default -> throw new IllegalArgumentException(subject + " is not composed in DJL");
        };
    }

    private UnaryOperator<NDArray> distribution(Inputs inputs, Textbook textbook) {
        long[] left = new long[Inputs.ROWS];
        long[] right = new long[Inputs.ROWS];
        float[] toLeft = new float[Inputs.ROWS];
        float[] toRight = new float[Inputs.ROWS];
        for (int i = 0; i < Inputs.ROWS; i++) {
            float y = inputs.distances()[i];
            left[i] = (long) y;
            right[i] = left[i] + 1;
            toLeft[i] = y - left[i];
            toRight[i] = right[i] - y;
        }
        Shape column = new Shape(Inputs.ROWS, 1);
        NDArray leftBin = arrays.create(left, column);
        NDArray rightBin = arrays.create(right, column);
        NDArray leftDistance = arrays.create(toLeft, column);
        NDArray rightDistance = arrays.create(toRight, column);
        return rows -> textbook.distributionFocal(rows, leftBin, rightBin, leftDistance, rightDistance);
    }

    private UnaryOperator<NDArray> parfocal(Case subject, Inputs inputs) {
        ParfocalLoss loss = ParfocalLoss.of(Catalogue.get(subject.loss()), Backend.VECTOR, THREADS)
                .withNormalizer(Normalizer.none())
                .withScale(1);
        NDList labels = labels(subject, inputs);
        return x -> loss.evaluate(labels, new NDList(x));
    }

    private NDList labels(Case subject, Inputs inputs) {
        return switch (subject) {
            case FOCAL_SPARSE -> new NDList(arrays.create(inputs.labels()));
            case VARIFOCAL_SPARSE, QFL_SPARSE ->
                new NDList(arrays.create(inputs.labels()), arrays.create(inputs.quality()));
            case FOCAL_DENSE -> new NDList(dense(inputs.oneHot()));
            case VARIFOCAL_DENSE, QFL_DENSE -> new NDList(dense(inputs.soft()));
            default -> new NDList(arrays.create(inputs.distances()));
        };
    }

    private NDArray dense(float[] targets) {
        return arrays.create(targets, new Shape(Inputs.ANCHORS, Inputs.CLASSES));
    }
}
