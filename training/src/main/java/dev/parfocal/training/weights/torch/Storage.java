package dev.parfocal.training.weights.torch;

import dev.parfocal.training.weights.file.ElementType;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of the archive that tensors are views of, as a pickle's persistent id names it.
 *
 * @param key the archive's entry is {@code data/key}
 * @param type of its elements; empty if each tensor says so itself
 * @param size number of elements; of bytes if they have no type
 */
record Storage(String key, Optional<ElementType> type, long size) {
    private static final int MOST_KEY = 100;

    /** From {@code ('storage', type, key, device, size)}. */
    static Storage of(Object id) {
        if (id instanceof List<?> parts
                && parts.size() >= 5
                && "storage".equals(parts.get(0))
                && parts.get(2) instanceof String key
                && key.length() <= MOST_KEY
                && parts.get(4) instanceof Long size
                && size >= 0) {
            if (parts.get(1) instanceof Global.StorageType typed) {
                return new Storage(key, Optional.of(typed.type()), size);
            }
            if (parts.get(1) instanceof Global.UntypedStorage) {
                return new Storage(key, Optional.empty(), size);
            }
        }
        throw new PickleException("a persistent id that names no storage");
    }
}
