package dev.parfocal.cli.report;

import dev.parfocal.cli.text.TextTable;
import java.util.List;
import java.util.Optional;

/**
 * What a detector found on some images, as parts of a page.
 *
 * @param words which images
 * @param classes average precision by class
 * @param precision over recall
 * @param reliability of the scores
 * @param calibration the same in numbers
 * @param operating the score from which detections of each class count below, and what that means
 * @param errors what each kind costs
 * @param confusion by class, if there are not too many
 * @param mistakes the most frequent ones, if there are many classes
 * @param worst images with their boxes
 */
public record FoundPart(
        String words,
        TextTable classes,
        Chart precision,
        Chart reliability,
        TextTable calibration,
        TextTable operating,
        TextTable errors,
        Optional<Heat> confusion,
        Optional<TextTable> mistakes,
        List<Shot> worst) {

    /** What the boxes of the pictures mean. */
    public static final String PICTURES = WorstImages.WORDS;
}
