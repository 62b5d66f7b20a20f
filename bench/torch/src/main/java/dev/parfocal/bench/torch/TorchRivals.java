package dev.parfocal.bench.torch;

import dev.parfocal.bench.Case;
import dev.parfocal.bench.Contestant;
import dev.parfocal.bench.Inputs;
import dev.parfocal.bench.Rivals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/** Eager libtorch with autograd: the gradient anew in each call, as an optimiser that sets it to none leaves it. */
final class TorchRivals implements Rivals {

    @Override
    public String engine() {
        String jar =
                Tensor.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return "libtorch in " + jar.substring(jar.lastIndexOf('/') + 1);
    }

    @Override
    public List<Contestant> contestants(Case subject, Inputs inputs) {
        Tensor leaf = leaf(subject, inputs);
        Supplier<Tensor> loss = loss(subject, inputs, leaf);
        List<Contestant> contestants = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            int limit = threads;
            contestants.add(new Contestant("libtorch eager", threads, "tensor", () -> evaluate(limit, leaf, loss)));
        }
        return contestants;
    }

    @SuppressWarnings("try")
    private static double evaluate(int threads, Tensor leaf, Supplier<Tensor> loss) {
        torch.set_num_threads(threads);
        try (PointerScope scope = new PointerScope()) {
            Tensor value = loss.get();
            value.backward();
            double number = value.item_float();
            leaf.mutable_grad().reset();
            return number;
        }
    }

    private static Tensor leaf(Case subject, Inputs inputs) {
        Tensor leaf = switch (subject) {
            case DFL -> tensor(inputs.rows(), Inputs.ROWS, Inputs.BINS);
            case IOU, GIOU, DIOU, CIOU -> tensor(inputs.predicted(), Inputs.BOXES, 4);
            default -> tensor(inputs.logits(), Inputs.ANCHORS, Inputs.CLASSES);
        };
        leaf.set_requires_grad(true);
        return leaf;
    }

    private static Supplier<Tensor> loss(Case subject, Inputs inputs, Tensor x) {
        return switch (subject) {
            case FOCAL_SPARSE, FOCAL_DENSE -> {
                Tensor t = tensor(inputs.oneHot(), Inputs.ANCHORS, Inputs.CLASSES);
                yield () -> Textbook.focal(x, t);
            }
            case VARIFOCAL_SPARSE, VARIFOCAL_DENSE -> {
                Tensor t = tensor(inputs.soft(), Inputs.ANCHORS, Inputs.CLASSES);
                yield () -> Textbook.varifocal(x, t);
            }
            case QFL_SPARSE, QFL_DENSE -> {
                Tensor t = tensor(inputs.soft(), Inputs.ANCHORS, Inputs.CLASSES);
                yield () -> Textbook.qualityFocal(x, t);
            }
            case DFL -> distribution(inputs, x);
            case IOU, GIOU, DIOU, CIOU -> {
                Tensor t = tensor(inputs.target(), Inputs.BOXES, 4);
                yield () -> Textbook.iou(subject, x, t);
            }
        };
    }

    private static Supplier<Tensor> distribution(Inputs inputs, Tensor rows) {
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
        Tensor leftBins = torch.from_blob(new LongPointer(left), new long[] {Inputs.ROWS}, longs())
                .clone();
        Tensor rightBins = torch.from_blob(new LongPointer(right), new long[] {Inputs.ROWS}, longs())
                .clone();
        Tensor leftDistance = tensor(toLeft, Inputs.ROWS);
        Tensor rightDistance = tensor(toRight, Inputs.ROWS);
        return () -> Textbook.distributionFocal(rows, leftBins, rightBins, leftDistance, rightDistance);
    }

    private static TensorOptions longs() {
        return new TensorOptions(torch.ScalarType.Long);
    }

    private static Tensor tensor(float[] numbers, long... shape) {
        try (FloatPointer pointer = new FloatPointer(numbers)) {
            return torch.from_blob(pointer, shape).clone();
        }
    }
}
