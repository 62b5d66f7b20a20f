package dev.parfocal.studio.answer;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A loss that the page names.
 *
 * @param name of the catalogue; null for the text
 * @param text the loss's text; null for one of the catalogue
 * @param set parameters with other values than their defaults
 */
public record Choice(
        @Nullable String name,
        @Nullable String text,
        @Nullable Map<String, Double> set) {

    /** The longest row that the page draws. */
    static final int LONGEST_ROW = 64;

    /**
     * The loss.
     *
     * @throws ParfocalException if the text is no loss, or a parameter is outside its range
     */
    public Loss loss() {
        Loss loss = text == null ? Catalogue.get(name == null ? "" : name) : Loss.parse(text, "loss");
        for (Map.Entry<String, Double> each :
                set == null ? Map.<String, Double>of().entrySet() : set.entrySet()) {
            loss = loss.with(each.getKey(), each.getValue());
        }
        if (loss.predicted().get(0).length() > LONGEST_ROW) {
            throw new ParfocalException(
                    "the studio draws rows of " + LONGEST_ROW + " numbers at most, and this one has "
                            + loss.predicted().get(0).length() + ": set its length");
        }
        return loss;
    }
}
