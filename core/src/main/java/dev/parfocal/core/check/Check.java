package dev.parfocal.core.check;

import java.util.List;

/** One thing that must hold of a loss, whatever its parameters. */
interface Check {

    /** @param variants the loss with each of the parameters to check it with; the first is the loss as it is */
    Finding run(List<Variant> variants);
}
