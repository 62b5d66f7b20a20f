package dev.parfocal.training.weights;

import dev.parfocal.training.weights.file.ElementType;
import dev.parfocal.training.weights.file.TensorInfo;
import dev.parfocal.training.weights.file.WeightSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Tensors without a file: each holds 0, 1, 2, … plus a number of its own. */
record InMemory(Map<String, TensorInfo> tensors, Map<String, float[]> given) implements WeightSource {
    static InMemory of(Map<String, List<Long>> shapes) {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, new TensorInfo(ElementType.F32, shape)));
        return new InMemory(tensors, new LinkedHashMap<>());
    }

    InMemory renamed(UnaryOperator<String> names) {
        Map<String, TensorInfo> renamed = new LinkedHashMap<>();
        tensors.forEach((name, info) -> renamed.put(names.apply(name), info));
        return new InMemory(renamed, given);
    }

    InMemory with(String name, float... values) {
        tensors.put(name, new TensorInfo(ElementType.F32, List.of((long) values.length)));
        given.put(name, values);
        return this;
    }

    @Override
    public String origin() {
        return "memory";
    }

    @Override
    public Map<String, String> notes() {
        return Map.of();
    }

    @Override
    public float[] read(String name) {
        if (given.containsKey(name)) {
            return given.get(name);
        }
        float[] values = new float[tensors.get(name).elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = name.hashCode() % 1000 + i;
        }
        return values;
    }
}
