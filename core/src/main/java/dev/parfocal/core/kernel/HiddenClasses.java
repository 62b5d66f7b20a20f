package dev.parfocal.core.kernel;

import java.lang.invoke.MethodHandles;

/** Makes objects of generated classes, which are garbage once nobody uses them. */
final class HiddenClasses {

    private HiddenClasses() {}

    static Kernel instance(byte[] bytes) {
        try {
            Class<?> type =
                    MethodHandles.lookup().defineHiddenClass(bytes, true).lookupClass();
            return (Kernel) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
