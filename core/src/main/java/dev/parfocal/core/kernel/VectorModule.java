package dev.parfocal.core.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.Buffer;
import org.jspecify.annotations.Nullable;

/** What is known of the vector module of this Java, without linking to it. */
final class VectorModule {

    private static final int SEGMENTS_SINCE = 22;
    private static final int JAVA_17 = 17;

    private static final int WIDTH = findWidth();
    private static final Memory DIRECT = findDirect();
    private static final @Nullable MethodHandle SEGMENT_OF_BUFFER = findSegmentOfBuffer();

    private VectorModule() {}

    /** How many floats the preferred vectors hold; 0 if there is no module, or none whose width divides the lanes. */
    static int width() {
        return WIDTH;
    }

    /** How vectors reach memory outside the heap; {@link Memory#FLOATS} if they cannot. */
    static Memory direct() {
        return DIRECT;
    }

    /** Whether the compiler gets rid of the vectors' objects in bodies of any length. */
    static boolean takesLongBodies() {
        return Runtime.version().feature() > JAVA_17;
    }

    /** The memory segment of a direct buffer, which is not a type of Java 17. */
    static Object segment(Buffer buffer) {
        if (SEGMENT_OF_BUFFER == null) {
            throw new IllegalStateException("this Java has no memory segments");
        }
        try {
            return SEGMENT_OF_BUFFER.invoke(buffer);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static int findWidth() {
        if (!Backend.isVectorPresent()) {
            return 0;
        }
        try {
            Class<?> floats = Class.forName("jdk.incubator.vector.FloatVector");
            Object species = floats.getField("SPECIES_PREFERRED").get(null);
            Class<?> type = Class.forName("jdk.incubator.vector.VectorSpecies");
            int width = (int) type.getMethod("length").invoke(species);
            return width > 1 && Plan.LANES % width == 0 ? width : 0;
        } catch (ReflectiveOperationException e) {
            return 0;
        }
    }

    private static Memory findDirect() {
        int version = Runtime.version().feature();
        if (version <= JAVA_17) {
            return Memory.BYTES;
        }
        return version >= SEGMENTS_SINCE ? Memory.SEGMENT : Memory.FLOATS;
    }

    private static @Nullable MethodHandle findSegmentOfBuffer() {
        if (DIRECT != Memory.SEGMENT) {
            return null;
        }
        try {
            Class<?> segment = Class.forName("java.lang.foreign.MemorySegment");
            return MethodHandles.publicLookup()
                    .findStatic(segment, "ofBuffer", MethodType.methodType(segment, Buffer.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
