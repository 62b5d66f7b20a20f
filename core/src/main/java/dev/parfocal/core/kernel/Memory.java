package dev.parfocal.core.kernel;

/** Where a column of a kernel lies: the code that loads and stores differs. */
enum Memory {
    /** A float[]. */
    HEAP,
    /** A java.nio.FloatBuffer: scalar code only. */
    FLOATS,
    /** A java.nio.ByteBuffer, for vector code on Java 17. */
    BYTES,
    /** A java.lang.foreign.MemorySegment, for vector code on Java 22 and newer. */
    SEGMENT
}
