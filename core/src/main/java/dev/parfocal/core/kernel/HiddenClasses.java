package dev.parfocal.core.kernel;

import java.lang.invoke.MethodHandles;

/** Makes objects of generated classes, which are garbage once nobody uses them. */
final class HiddenClasses {

    private HiddenClasses() {}

    static Kernel instance(byte[] bytes) {
        return instance(Kernel.class, bytes);
    }

    static <T> T instance(Class<T> type, byte[] bytes) {
        try {
            Class<?> hidden =
                    MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
            return type.cast(hidden.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
