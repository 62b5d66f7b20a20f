package dev.parfocal.cli.tune;

import dev.parfocal.tune.prune.HalvingPruner;
import dev.parfocal.tune.prune.MedianPruner;
import dev.parfocal.tune.study.Pruner;
import java.util.function.IntFunction;

/** How {@code --prune} calls the pruners. */
public enum PrunerName {
    NONE(first -> Pruner.NEVER),
    MEDIAN(first -> MedianPruner.DEFAULT),
    HALVING(first -> new HalvingPruner(first, 2));

    private final IntFunction<Pruner> made;

    PrunerName(IntFunction<Pruner> made) {
        this.made = made;
    }

    /** The pruner; {@code first} is the first step that trials report at. */
    public Pruner pruner(int first) {
        return made.apply(first);
    }
}
