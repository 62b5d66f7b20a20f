package dev.parfocal.core.kernel;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The executors of a loss. {@link #SCALAR} and {@link #VECTOR} give the same bits. */
public enum Backend {
    /** An interpreter in double: slow, and what the others are judged by. */
    REFERENCE,
    /** Generated code in float that needs nothing but Java. */
    SCALAR,
    /** Generated code on the incubating vector module; needs {@code --add-modules jdk.incubator.vector}. */
    VECTOR;

    private static final Logger LOG = LoggerFactory.getLogger(Backend.class);

    /** {@link #VECTOR} where the vector module is there; else {@link #SCALAR}, and one log line that says what to add. */
    public static Backend best() {
        return isVectorPresent() ? VECTOR : Missing.reported();
    }

    /** Whether this Java runs with the vector module. */
    public static boolean isVectorPresent() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    }

    /** Holds the log line back until it is needed, and then says it once. */
    private static final class Missing {
        static {
            LOG.warn("losses run without vector instructions, several times slower:"
                    + " start java with --add-modules jdk.incubator.vector");
        }

        static Backend reported() {
            return SCALAR;
        }
    }
}
