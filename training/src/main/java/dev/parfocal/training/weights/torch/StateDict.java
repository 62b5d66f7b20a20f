package dev.parfocal.training.weights.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tensors of a model in what a checkpoint holds: averaged weights ({@code ema}, there in {@code module}) before
 * {@code state_dict} before {@code model}, or the whole if it is a state dict itself.
 *
 * @param part where in the file they are, such as {@code ema.module}; empty if the file is nothing but them
 */
record StateDict(Optional<String> part, Map<String, TensorView> tensors) {
    private static final List<List<String>> PLACES = List.of(
            List.of("ema", "module"),
            List.of("ema", "state_dict"),
            List.of("ema"),
            List.of("ema_state_dict"),
            List.of("state_dict_ema"),
            List.of("model_ema"),
            List.of("state_dict"),
            List.of("model_state_dict"),
            List.of("model", "state_dict"),
            List.of("model"),
            List.of());

    /** The first place that has tensors; empty if none has. */
    static Optional<StateDict> in(Object root) {
        return PLACES.stream()
                .map(path -> at(root, path))
                .filter(found -> !found.tensors.isEmpty())
                .findFirst();
    }

    private static StateDict at(Object root, List<String> path) {
        Object value = root;
        for (String key : path) {
            value = value instanceof Map<?, ?> map && map.get(key) instanceof Map<?, ?> inner ? inner : Map.of();
        }
        Map<String, TensorView> tensors = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, tensor) -> {
                if (name instanceof String text && tensor instanceof TensorView view) {
                    tensors.put(text, view);
                }
            });
        }
        return new StateDict(path.isEmpty() ? Optional.empty() : Optional.of(String.join(".", path)), tensors);
    }
}
