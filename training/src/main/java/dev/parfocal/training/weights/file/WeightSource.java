package dev.parfocal.training.weights.file;

import dev.parfocal.core.ParfocalException;
import java.util.Map;

/** Named tensors in a file. What a file holds is known at once; values are read tensor by tensor, when asked for. */
public interface WeightSource {
    /** Where the tensors come from, for messages: a file, and the part of it. */
    String origin();

    /** All tensors by name, in the order of the file. */
    Map<String, TensorInfo> tensors();

    /** The texts that the file carries beside its tensors. */
    Map<String, String> notes();

    /**
     * A tensor's values as float32, in row-major order.
     *
     * @throws ParfocalException if there is no such tensor or the file cannot be read
     */
    float[] read(String name);

    /**
     * The same, for weights that a model is to compute with.
     *
     * @throws ParfocalException also if a value is NaN or infinite; the message says which
     */
    default float[] readFinite(String name) {
        float[] values = read(name);
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new ParfocalException(
                        "%s: element %d of tensor %s is %s; such weights cannot be used, take others"
                                .formatted(origin(), i, PlainName.of(name), values[i]));
            }
        }
        return values;
    }
}
