package dev.parfocal.cli.report;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.draw.BoxPainter;
import dev.parfocal.detection.draw.Mark;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.Resampler;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.detection.outcome.ImageOutcome;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** The images with the most mistakes, drawn small enough for a page. */
final class WorstImages {
    private static final int COUNT = 6;
    private static final double LONGER_SIDE = 560;
    private static final double MOST_ENLARGED = 3;

    /** Labels of the palette's colours: bluish green, vermilion, yellow, reddish purple. */
    private static final int RIGHT = 2;

    private static final int INVENTED = 4;
    private static final int MISSED = 3;
    private static final int CONFUSED = 5;

    private final List<Category> categories;

    private WorstImages(List<Category> categories) {
        this.categories = categories;
    }

    /** What the boxes mean. */
    static final String WORDS = "Green: right. Orange: false, nothing is there. Purple: taken for another class."
            + " Yellow and dashed: missed. Numbers are scores in percent.";

    /** The worst first; images without a mistake are left out, and those that cannot be read. */
    static List<Shot> of(List<ImageOutcome> outcomes, List<Category> categories) {
        WorstImages worst = new WorstImages(categories);
        return outcomes.stream()
                .filter(outcome -> outcome.mistakes() > 0)
                .sorted(ImageOutcome.WORST_FIRST)
                .limit(COUNT)
                .flatMap(outcome -> worst.shot(outcome).stream())
                .toList();
    }

    private Optional<Shot> shot(ImageOutcome outcome) {
        try {
            RgbImage whole = ImageFiles.read(outcome.sample().file());
            double factor = Math.min(MOST_ENLARGED, LONGER_SIDE / Math.max(whole.width(), whole.height()));
            int width = (int) Math.max(1, Math.round(factor * whole.width()));
            int height = (int) Math.max(1, Math.round(factor * whole.height()));
            double across = (double) width / whole.width();
            double down = (double) height / whole.height();
            RgbImage small = Resampler.resize(whole, width, height);
            byte[] jpeg = ImageFiles.encode(BoxPainter.draw(small, marks(outcome, across, down)), "jpg");
            return Optional.of(new Shot(
                    String.valueOf(outcome.sample().file().getFileName()),
                    words(outcome),
                    "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg),
                    width,
                    height));
        } catch (ParfocalException e) {
            return Optional.empty();
        }
    }

    private List<Mark> marks(ImageOutcome outcome, double across, double down) {
        List<Mark> marks = new ArrayList<>();
        outcome.right().forEach(pair -> marks.add(new Mark(pair.detection().box(), RIGHT, "", Mark.Style.PREDICTION)));
        outcome.confused()
                .forEach(pair -> marks.add(new Mark(
                        pair.detection().box(),
                        CONFUSED,
                        words(pair.detection()) + ", is " + name(pair.object().label()),
                        Mark.Style.PREDICTION)));
        outcome.invented().forEach(detection -> marks.add(mark(detection, INVENTED)));
        outcome.missed()
                .forEach(object -> marks.add(new Mark(object.box(), MISSED, name(object.label()), Mark.Style.TRUTH)));
        return marks.stream()
                .map(mark -> new Mark(mark.box().scaled(across, down), mark.label(), mark.text(), mark.style()))
                .toList();
    }

    private Mark mark(Detection detection, int colour) {
        return new Mark(detection.box(), colour, words(detection), Mark.Style.PREDICTION);
    }

    private String words(Detection detection) {
        return String.format(Locale.ROOT, "%s %.0f", name(detection.label()), 100 * detection.score());
    }

    private String name(int label) {
        return categories.get(label).name();
    }

    private static String words(ImageOutcome outcome) {
        StringJoiner words = new StringJoiner(", ");
        add(words, outcome.missed().size(), "missed");
        add(words, outcome.invented().size(), "false");
        add(words, outcome.confused().size(), "of another class");
        return words.add(outcome.right().size() + " right").toString();
    }

    private static void add(StringJoiner words, int count, String what) {
        if (count > 0) {
            words.add(count + " " + what);
        }
    }
}
