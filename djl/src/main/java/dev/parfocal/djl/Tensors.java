package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Floats;

/** DJL's arrays as core reads them: flat, contiguous, float32, on the CPU, in place. */
final class Tensors {

    private Tensors() {}

    /**
     * The predictions in one dimension, still in the engine's graph; a view if they are contiguous.
     *
     * @throws ParfocalException if they are not float32 on the CPU
     */
    static NDArray flatPredictions(NDArray predictions) {
        requireCpu(predictions, "the predictions");
        if (predictions.getDataType() != DataType.FLOAT32) {
            throw new ParfocalException("the predictions are " + predictions.getDataType()
                    + ", and this loss reads float32: train the model in float32");
        }
        return predictions.reshape(-1);
    }

    /**
     * Given numbers, read in place if they are float32; whole numbers and booleans are converted.
     *
     * @param shape what their shape must be
     * @throws ParfocalException if it is another, or if they are no numbers to convert without loss
     */
    static Floats given(NDArray numbers, Shape shape, String what) {
        requireShape(numbers, shape, what);
        requireCpu(numbers, what);
        NDArray floats = numbers;
        if (numbers.getDataType() != DataType.FLOAT32) {
            if (numbers.getDataType().isFloating()) {
                throw new ParfocalException(what + " are " + numbers.getDataType()
                        + ", and this loss reads float32: convert them with toType(DataType.FLOAT32, false)");
            }
            floats = numbers.toType(DataType.FLOAT32, true);
        }
        return view(floats.reshape(-1), what);
    }

    /** A flat contiguous float32 array in place. */
    static Floats view(NDArray flat, String what) {
        return Floats.of(Surrogate.memory(flat, what));
    }

    /** Class indexes, whole numbers of any type. */
    static int[] classIndexes(NDArray numbers, Shape shape) {
        requireShape(numbers, shape, "class indexes");
        requireCpu(numbers, "class indexes");
        NDArray flat = numbers.reshape(-1);
        return switch (numbers.getDataType()) {
            case INT32 -> flat.toIntArray();
            case INT64 -> narrowed(flat.toLongArray());
            case FLOAT32 -> rounded(flat.toFloatArray());
            default ->
                throw new ParfocalException("class indexes are int32, int64 or float32, not " + numbers.getDataType());
        };
    }

    private static int[] narrowed(long[] numbers) {
        int[] indexes = new int[numbers.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, numbers[i]));
        }
        return indexes;
    }

    private static int[] rounded(float[] numbers) {
        int[] indexes = new int[numbers.length];
        for (int i = 0; i < indexes.length; i++) {
            indexes[i] = (int) numbers[i];
            if (indexes[i] != numbers[i]) {
                throw new ParfocalException("the class index of anchor " + i + " is " + numbers[i]
                        + ": it must be a whole number; targets for every class have the predictions' shape");
            }
        }
        return indexes;
    }

    private static void requireShape(NDArray array, Shape shape, String what) {
        if (!array.getShape().equals(shape)) {
            throw new ParfocalException(
                    "wrong shape of " + what + ": " + array.getShape() + " where " + shape + " is needed");
        }
    }

    private static void requireCpu(NDArray array, String what) {
        if (array.getDevice().isGpu()) {
            throw new ParfocalException(what + " lie on " + array.getDevice()
                    + ", and this loss computes on the CPU: train with optDevices(new Device[] {Device.cpu()})");
        }
    }
}
