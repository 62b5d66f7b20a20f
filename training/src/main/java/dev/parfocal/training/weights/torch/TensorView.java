package dev.parfocal.training.weights.torch;

import dev.parfocal.training.weights.file.ElementType;
import dev.parfocal.training.weights.file.TensorInfo;
import java.util.List;

/**
 * A tensor as a pickle describes it: a view of a storage.
 *
 * @param offset of its first element in the storage, in elements
 * @param stride how far apart in the storage neighbours along each dimension lie, in elements; 0 where they are the same
 */
record TensorView(Storage storage, TensorInfo info, long offset, List<Long> stride) {
    /** A view that repeats elements may have so many at most, else a short file would fill the memory. */
    private static final int MOST_REPEATED = 1 << 24;

    private static final int MOST = Integer.MAX_VALUE - 8;

    TensorView {
        stride = List.copyOf(stride);
        if (offset < 0 || stride.size() != info.shape().size()) {
            throw new PickleException("a tensor of shape " + info.shape() + " with strides " + stride);
        }
        long available =
                storage.size() / (storage.type().isPresent() ? 1 : info.type().bytes());
        long reach = reach(info.shape(), stride, available);
        if (info.elements() > 0 && offset > available - reach) {
            throw new PickleException("a tensor that reaches beyond its storage of " + available + " elements");
        }
        if (reach > MOST || info.elements() > reach && info.elements() > MOST_REPEATED) {
            throw new PickleException("a tensor of shape " + info.shape() + " with strides " + stride);
        }
    }

    /** How many elements of the storage lie from the first to the last one; more than {@code limit} if it has not so many. */
    private static long reach(List<Long> shape, List<Long> stride, long limit) {
        long reach = 1;
        for (int i = 0; i < shape.size(); i++) {
            long steps = Math.max(0, shape.get(i) - 1);
            if (stride.get(i) < 0 || steps > 0 && stride.get(i) > (limit - reach) / steps) {
                return limit + 1;
            }
            reach += stride.get(i) * steps;
        }
        return reach;
    }

    /** From what {@code torch._utils._rebuild_tensor_v2} is called with; only the first four say what is in the tensor. */
    static TensorView of(List<?> arguments) {
        if (arguments.size() >= 4
                && arguments.get(0) instanceof Storage storage
                && storage.type().isPresent()) {
            return of(storage, storage.type().get(), arguments);
        }
        throw new PickleException("a tensor without a storage");
    }

    /** From what {@code torch._utils._rebuild_tensor_v3} is called with: the same and, as the seventh, the type. */
    static TensorView typed(List<?> arguments) {
        if (arguments.size() >= 7
                && arguments.get(0) instanceof Storage storage
                && arguments.get(6) instanceof Global.DataType type
                && storage.type().isEmpty()) {
            return of(storage, type.type(), arguments);
        }
        throw new PickleException("a tensor without a storage or a type");
    }

    private static TensorView of(Storage storage, ElementType type, List<?> arguments) {
        if (!(arguments.get(1) instanceof Long offset)) {
            throw new PickleException("a tensor without an offset");
        }
        return new TensorView(storage, new TensorInfo(type, longs(arguments.get(2))), offset, longs(arguments.get(3)));
    }

    private static List<Long> longs(Object list) {
        if (list instanceof List<?> sizes && sizes.stream().allMatch(Long.class::isInstance)) {
            return sizes.stream().map(Long.class::cast).toList();
        }
        throw new PickleException("a shape or strides that are not whole numbers");
    }

    /** How many elements of the storage, from {@link #offset} on, the view needs. */
    int span() {
        return info.elements() == 0 ? 0 : (int) reach(info.shape(), stride, MOST);
    }

    /** The view's elements in row-major order, from the {@link #span} elements of the storage. */
    float[] arrange(float[] stored) {
        float[] values = new float[info.elements()];
        if (values.length == stored.length && contiguous()) {
            return stored;
        }
        int rank = stride.size();
        long[] index = new long[rank];
        long at = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] = stored[(int) at];
            for (int d = rank - 1; d >= 0; d--) {
                at += stride.get(d);
                if (++index[d] < info.shape().get(d)) {
                    break;
                }
                at -= index[d] * stride.get(d);
                index[d] = 0;
            }
        }
        return values;
    }

    private boolean contiguous() {
        long expected = 1;
        for (int d = stride.size() - 1; d >= 0; d--) {
            if (info.shape().get(d) > 1 && stride.get(d) != expected) {
                return false;
            }
            expected *= info.shape().get(d);
        }
        return true;
    }
}
