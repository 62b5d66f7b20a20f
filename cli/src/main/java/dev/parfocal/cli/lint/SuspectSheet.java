package dev.parfocal.cli.lint;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.audit.Suspect;
import dev.parfocal.detection.audit.Suspicion;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.draw.BoxPainter;
import dev.parfocal.detection.draw.ContactSheet;
import dev.parfocal.detection.draw.Mark;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The most suspicious places on one sheet, each with what is around it. */
final class SuspectSheet {

    private static final int COLUMNS = 5;
    private static final int CELL = 280;
    private static final double CONTEXT = 0.75;
    private static final double LEAST_CONTEXT = 24;

    private SuspectSheet() {}

    /** Writes the sheet; places in images that cannot be read are left out. Answers how many are on it. */
    static int write(Path file, List<Suspect> suspects, List<Category> categories) {
        List<RgbImage> pictures = new ArrayList<>();
        List<String> captions = new ArrayList<>();
        for (int i = 0; i < suspects.size(); i++) {
            Suspect suspect = suspects.get(i);
            try {
                pictures.add(picture(suspect, categories));
                captions.add((i + 1) + " " + suspect.suspicion().words());
            } catch (ParfocalException unreadable) {
                // The data set's own reader tells of images that cannot be read.
                continue;
            }
        }
        if (!pictures.isEmpty()) {
            ImageFiles.write(ContactSheet.of(pictures, captions, COLUMNS, CELL), file);
        }
        return pictures.size();
    }

    private static RgbImage picture(Suspect suspect, List<Category> categories) {
        RgbImage whole = ImageFiles.read(suspect.sample().file());
        Box box = suspect.box();
        Mark.Style style = suspect.suspicion() == Suspicion.MISSING ? Mark.Style.PREDICTION : Mark.Style.TRUTH;
        double across = Math.max(LEAST_CONTEXT, CONTEXT * box.width());
        double down = Math.max(LEAST_CONTEXT, CONTEXT * box.height());
        int left = (int) Math.max(0, Math.min(whole.width() - 1, box.x1() - across));
        int top = (int) Math.max(0, Math.min(whole.height() - 1, box.y1() - down));
        int right = (int) Math.max(left + 1, Math.min(whole.width(), box.x2() + across));
        int bottom = (int) Math.max(top + 1, Math.min(whole.height(), box.y2() + down));
        BufferedImage cut = whole.buffered().getSubimage(left, top, right - left, bottom - top);
        String name = categories.get(suspect.label()).name();
        return BoxPainter.draw(
                RgbImage.of(cut), List.of(new Mark(box.shifted(-left, -top), suspect.label(), name, style)));
    }
}
