package dev.parfocal.training.criterion;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.parfocal.core.ParfocalException;
import java.util.List;

/** A factor on the classification losses that makes one loss as strong as another. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface GainConfig {

    /** The losses as they are. */
    GainConfig DEFAULT = new Fixed(1);

    /** Each kind as it is when only its name is given. */
    List<GainConfig> KINDS = List.of(DEFAULT, new Auto(0.5));

    /** Its name in a configuration. */
    String kind();

    /**
     * It is given.
     *
     * @param value the factor, above 0
     */
    record Fixed(double value) implements GainConfig {
        /** Checks the range. */
        public Fixed {
            if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
                throw new ParfocalException("loss.gain: value must be above 0 and finite, but is " + value);
            }
        }

        @Override
        public String kind() {
            return "fixed";
        }
    }

    /**
     * It is measured at the first step that has objects, and then stays.
     *
     * @param share of the gradient at the features that all outputs share, what classification has at that step, in (0, 1): its
     *     norm over the sum of its norm and that of all other losses together
     */
    record Auto(double share) implements GainConfig {
        /** Checks the range. */
        public Auto {
            if (!(share > 0 && share < 1)) {
                throw new ParfocalException("loss.gain: share must be in (0, 1), but is " + share);
            }
        }

        @Override
        public String kind() {
            return "auto";
        }
    }
}
