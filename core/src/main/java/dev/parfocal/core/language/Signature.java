package dev.parfocal.core.language;

import java.util.List;

/** The first line of a loss: its name and its inputs. */
record Signature(String name, List<Formula.Variable> predicted, List<Formula.Variable> given) {

    /** The length that the row has by default; 0 if the loss has no row. */
    boolean hasRow() {
        return !predicted.get(0).length().isConstant(0);
    }
}
