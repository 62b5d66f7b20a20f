package dev.parfocal.detection.audit;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Sample;
import java.util.Comparator;

/**
 * A place where an annotation may be wrong.
 *
 * @param box of the annotation, or of the detection that has none
 * @param label of the annotation, or of that detection
 * @param loss how much it costs to believe the annotation, in nats; more is more suspicious
 * @param words why, for people
 */
public record Suspect(Suspicion suspicion, Sample sample, Box box, int label, double loss, String words) {

    /** The most suspicious first; equals by image. */
    public static final Comparator<Suspect> WORST_FIRST = Comparator.comparingDouble(Suspect::loss)
            .reversed()
            .thenComparingLong(suspect -> suspect.sample().id())
            .thenComparingDouble(suspect -> suspect.box().x1());
}
