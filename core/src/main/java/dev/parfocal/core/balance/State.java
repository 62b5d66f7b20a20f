package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;
import java.util.Map;

/** Takes numbers out of a saved state. */
final class State {

    private State() {}

    /** Copies the numbers of a name over others. */
    static void copy(Map<String, double[]> state, String name, double[] into) {
        double[] saved = state.get(name);
        if (saved == null || saved.length != into.length) {
            throw new ParfocalException(
                    "the saved balance of losses " + (saved == null ? "lacks '" : "has another size of '") + name
                            + "': it belongs to another method or to other losses");
        }
        System.arraycopy(saved, 0, into, 0, into.length);
    }
}
