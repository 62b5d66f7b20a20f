package dev.parfocal.spark;

import java.io.Serializable;

/**
 * The result of a task: how its trial's process ended.
 *
 * @param text the process's last message; what is known of its death; what the executor cannot see
 */
record Ending(Kind kind, String text) implements Serializable {

    enum Kind {
        /** The process told the end of its trial. */
        TOLD,
        /** It ended without a word. */
        DIED,
        /** It was not started: what it needs is not there. */
        UNSEEN
    }
}
