package dev.parfocal.training.weights.torch;

import dev.parfocal.training.weights.file.ElementType;
import java.util.List;

/** What a pickle may name: nothing else that it names is ever looked up. */
sealed interface Global {
    /** A function, which gives plain data or a tensor from plain data and has no effects. */
    record Function(Body body) implements Global {}

    /** A storage whose elements are of this type. */
    record StorageType(ElementType type) implements Global {}

    /** A storage of bytes, of which the tensor says what they are. */
    record UntypedStorage() implements Global {}

    /** The type of a tensor's elements. */
    record DataType(ElementType type) implements Global {}

    /** What a function does. */
    interface Body {
        /** @throws PickleException if the arguments are not what it takes */
        Object apply(List<?> arguments);
    }
}
