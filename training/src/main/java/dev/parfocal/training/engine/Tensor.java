package dev.parfocal.training.engine;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A float32 tensor of the engine with the operations that detectors need. Images and feature maps are
 * {@code [batch, channels, height, width]} in channels-last memory order, so that a pixel's channels are neighbours.
 */
public final class Tensor {
    final org.bytedeco.pytorch.Tensor raw;

    Tensor(org.bytedeco.pytorch.Tensor raw) {
        this.raw = raw;
    }

    /** A tensor of zeros. */
    public static Tensor zeros(long... shape) {
        return new Tensor(torch.zeros(shape));
    }

    /** The numbers 0, 1, … count - 1. */
    public static Tensor range(int count) {
        return new Tensor(
                torch.arange(new Scalar(0.0), new Scalar((double) count)).to(torch.ScalarType.Float));
    }

    /** A tensor over a direct buffer's memory, without a copy; the buffer must stay reachable as long as the tensor. */
    public static Tensor over(FloatBuffer direct, long... shape) {
        return new Tensor(OnHost.over(direct, shape));
    }

    /** Images {@code [batch, channels, height, width]} copied from planes in that order to channels-last memory. */
    public static Tensor images(FloatBuffer planes, int batch, int channels, int height, int width) {
        return new Tensor(over(planes, batch, channels, height, width).raw.contiguous(torch.MemoryFormat.ChannelsLast));
    }

    /** The sizes of its dimensions. */
    public long[] shape() {
        long[] shape = new long[(int) raw.dim()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = raw.size(i);
        }
        return shape;
    }

    /** Size of one dimension. */
    public int size(int dimension) {
        return (int) raw.size(dimension);
    }

    /** Number of elements. */
    public long elements() {
        return raw.numel();
    }

    /** Its numbers as Java code reads and writes them. */
    public OnHost onHost() {
        return new OnHost(raw);
    }

    /** A copy of its elements in row-major order. */
    public float[] toArray() {
        return onHost().copy();
    }

    /** The only element. */
    public float item() {
        return raw.item_float();
    }

    /** This tensor in row-major memory order, itself if it is already. */
    public Tensor contiguous() {
        return new Tensor(raw.contiguous());
    }

    /** The same values without their history. */
    public Tensor detach() {
        return new Tensor(raw.detach());
    }

    /** The same values in float32, itself if it is already; the result of a pass in another {@link Precision} is not. */
    public Tensor float32() {
        return new Tensor(raw.to(torch.ScalarType.Float));
    }

    /** A view with another order of dimensions. */
    public Tensor permute(long... order) {
        return new Tensor(raw.permute(order));
    }

    /** The same elements in another shape. */
    public Tensor reshape(long... shape) {
        return new Tensor(raw.reshape(shape));
    }

    /** The part {@code [start, start + length)} of one dimension, a view. */
    public Tensor narrow(int dimension, long start, long length) {
        return new Tensor(raw.narrow(dimension, start, length));
    }

    /** Elementwise sum. */
    public Tensor plus(Tensor other) {
        return new Tensor(raw.add(other.raw));
    }

    /** Elementwise product; one of the two may be a single number. */
    public Tensor times(Tensor other) {
        return new Tensor(raw.mul(other.raw));
    }

    /** factor · x + summand. */
    public Tensor affine(double factor, double summand) {
        return new Tensor(raw.mul(new Scalar(factor)).add(new Scalar(summand)));
    }

    /** Sums over one dimension, which goes. */
    public Tensor sumOver(int dimension) {
        return new Tensor(raw.sum(new long[] {dimension}, false, new ScalarTypeOptional()));
    }

    /** The largest values along one dimension, which goes. */
    public Tensor largestOver(int dimension) {
        return new Tensor(raw.amax(new long[] {dimension}, false));
    }

    /** max(x, 0). */
    public Tensor relu() {
        return new Tensor(torch.relu(raw));
    }

    /**
     * max(x, 0), in place; only on the result of an operation whose derivative does not need that result, such as a sum or
     * a normalisation.
     */
    public Tensor reluInPlace() {
        return new Tensor(torch.relu_(raw));
    }

    /** x · sigmoid(x). */
    public Tensor silu() {
        return new Tensor(torch.silu(raw));
    }

    /** x · Φ(x) with the normal distribution's Φ; Hendrycks and Gimpel, arXiv 1606.08415. */
    public Tensor gelu() {
        return new Tensor(torch.gelu(raw));
    }

    /** The inverse of {@link #sigmoid()}, log(max(x, ε) / max(1 - x, ε)), for x in [0, 1]. */
    public Tensor logit(double epsilon) {
        Scalar least = new Scalar(epsilon);
        return new Tensor(raw.clamp_min(least)
                .log()
                .sub(raw.neg().add(new Scalar(1.0)).clamp_min(least).log()));
    }

    /** 1 / (1 + exp(-x)). */
    public Tensor sigmoid() {
        return new Tensor(torch.sigmoid(raw));
    }

    /** log(1 + exp(x)). */
    public Tensor softplus() {
        return new Tensor(torch.softplus(raw));
    }

    /** Softmax over the last dimension. */
    public Tensor softmax() {
        return new Tensor(torch.softmax(raw, -1));
    }

    /** Matrix product with the last dimension. */
    public Tensor matmul(Tensor other) {
        return new Tensor(torch.matmul(raw, other.raw));
    }

    /** Feature map of half the size, rounded up, each pixel the mean of up to four. */
    public Tensor halved() {
        long[] two = {2, 2};
        return new Tensor(torch.avg_pool2d(raw, two, two, new long[] {0, 0}, true, false, new LongOptional()));
    }

    /** The mean of each channel of a feature map: {@code [batch, channels, 1, 1]}. */
    public Tensor meanOfPixels() {
        return new Tensor(raw.mean(new long[] {2, 3}, true, new ScalarTypeOptional()));
    }

    /** The largest value of each channel of a feature map: {@code [batch, channels, 1, 1]}. */
    public Tensor largestOfPixels() {
        return new Tensor(raw.amax(new long[] {2, 3}, true));
    }

    /** Feature map enlarged to the given size by repeating its nearest pixel. */
    public Tensor resizedTo(int height, int width) {
        return new Tensor(
                torch.upsample_nearest2d(raw, new long[] {height, width}, new DoubleOptional(), new DoubleOptional()));
    }

    /** Tensors put one behind the other along a dimension. */
    public static Tensor concatenate(List<Tensor> parts, int dimension) {
        return new Tensor(torch.cat(vector(parts), dimension));
    }

    /** This tensor with every element set; in place. */
    public Tensor fill(double value) {
        raw.fill_(new Scalar(value));
        return this;
    }

    /** Copies another tensor's values into this one. */
    public void copyFrom(Tensor other) {
        raw.copy_(other.raw);
    }

    /** Copies values in row-major order into this tensor. */
    public void set(float[] values) {
        onHost().write(values);
    }

    /** this = this + weight · (other - this), in place. */
    public void lerp(Tensor other, double weight) {
        raw.lerp_(other.raw, new Scalar(weight));
    }

    /** this = factor · this, in place. */
    public void scale(double factor) {
        raw.mul_(new Scalar(factor));
    }

    /** this = this + summand, in place. */
    public void shift(double summand) {
        raw.add_(new Scalar(summand));
    }

    /** Brings every element into [-limit, limit], in place. */
    public void clamp(double limit) {
        raw.clamp_(new ScalarOptional(new Scalar(-limit)), new ScalarOptional(new Scalar(limit)));
    }

    /** this = this + factor · other, in place. */
    public void add(Tensor other, double factor) {
        raw.add_(other.raw, new Scalar(factor));
    }

    /** this = this + factor · a · b, in place. */
    public void addProduct(Tensor a, Tensor b, double factor) {
        raw.addcmul_(a.raw, b.raw, new Scalar(factor));
    }

    /** this = this + factor · a / b, in place. */
    public void addQuotient(Tensor a, Tensor b, double factor) {
        raw.addcdiv_(a.raw, b.raw, new Scalar(factor));
    }

    /** Elementwise square root. */
    public Tensor sqrt() {
        return new Tensor(raw.sqrt());
    }

    /** Euclidean norm of all elements. */
    public double norm() {
        return raw.norm().item_float();
    }

    /** The sum of the products of all elements with another tensor's of the same shape. */
    public double dot(Tensor other) {
        return raw.mul(other.raw).sum().item_float();
    }

    /** Whether all elements are finite. */
    public boolean isFinite() {
        // Infinities and NaN never sum up to a number; a sum that is none may also be too large.
        return Float.isFinite(raw.sum().item_float())
                || torch.isfinite(raw).all().item_bool();
    }

    /** The largest magnitude of all elements; NaN if one of them is. */
    public float largest() {
        return elements() == 0 ? 0 : raw.abs().max().item_float();
    }

    /** A copy in memory of its own. */
    public Tensor copy() {
        return new Tensor(raw.detach().clone());
    }

    /** Makes this tensor a leaf whose gradients the backward pass adds to {@code gradient}. */
    void accumulateInto(Tensor gradient) {
        raw.set_requires_grad(true);
        raw.mutable_grad().put(gradient.raw);
    }

    /**
     * Runs the backward pass of several outputs at once, with the given gradients as upstream: weights receive, added
     * to what their gradient holds, the gradient of a value whose derivatives by the outputs these are.
     */
    public static void backward(List<Tensor> outputs, List<Tensor> gradients) {
        torch.backward(vector(outputs), vector(gradients), new BoolOptional(), false, new TensorVector());
    }

    /**
     * The same for some weights alone: others, and all that feeds them, are left as they are. What was recorded stays
     * for another pass.
     */
    public static void backward(List<Tensor> outputs, List<Tensor> gradients, List<Tensor> weights) {
        torch.backward(vector(outputs), vector(gradients), new BoolOptional(true), false, vector(weights));
    }

    /**
     * The gradients by inputs in the middle, such as features, given those by the outputs; no weight receives any. What
     * was recorded stays for another pass.
     *
     * @return in the order and the shapes of {@code inputs}; empty where the outputs do not depend on one
     */
    public static List<Optional<Tensor>> gradients(List<Tensor> outputs, List<Tensor> gradients, List<Tensor> inputs) {
        TensorVector found =
                torch.grad(vector(outputs), vector(inputs), vector(gradients), new BoolOptional(true), false, true);
        List<Optional<Tensor>> result = new ArrayList<>();
        for (long i = 0; i < found.size(); i++) {
            result.add(found.get(i).defined() ? Optional.of(new Tensor(found.get(i)).float32()) : Optional.empty());
        }
        return result;
    }

    static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.stream().map(t -> t.raw).toArray(org.bytedeco.pytorch.Tensor[]::new));
    }
}
