package dev.parfocal.detection.metric;

import dev.parfocal.core.ParfocalException;
import java.util.List;

/**
 * A class of sizes.
 *
 * @param name what it is called in tables and keys
 * @param least in square pixels, belongs to it
 * @param most in square pixels, belongs to it too
 */
public record AreaRange(String name, double least, double most) {

    /** COCO's small, medium and large objects. */
    public static final List<AreaRange> COCO = List.of(
            new AreaRange("small", 0, 32 * 32),
            new AreaRange("medium", 32 * 32, 96 * 96),
            new AreaRange("large", 96 * 96, 1e5 * 1e5));

    /** All objects, up to the greatest area that COCO has. */
    static final AreaRange ALL = new AreaRange("all", 0, 1e5 * 1e5);

    /** @throws ParfocalException if it is empty */
    public AreaRange {
        if (!(least >= 0 && least < most)) {
            throw new ParfocalException("the area range " + name + " goes from " + least + " to " + most
                    + ": it must ascend from 0 or more");
        }
    }

    boolean contains(double area) {
        return area >= least && area <= most;
    }
}
