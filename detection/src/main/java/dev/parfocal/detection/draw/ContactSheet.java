package dev.parfocal.detection.draw;

import dev.parfocal.detection.image.Resampler;
import dev.parfocal.detection.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.List;

/** Many pictures on one sheet, in rows, each with a caption. */
public final class ContactSheet {

    private static final int GAP = 8;
    private static final int GROUND = 0xffffff;
    private static final double TEXT = 9;

    /** A strip must not blow up the sheet, which no format could hold then. */
    private static final int TALLEST = 3;

    private ContactSheet() {}

    /**
     * Lays the pictures out.
     *
     * @param captions one per picture, or none at all
     * @param columns pictures per row
     * @param cellWidth width given to each picture, which keeps its aspect ratio; one more than {@value #TALLEST} times as high
     *     as wide is as high as that, and narrower
     */
    public static RgbImage of(List<RgbImage> images, List<String> captions, int columns, int cellWidth) {
        if (images.isEmpty() || columns < 1 || (!captions.isEmpty() && captions.size() != images.size())) {
            throw new IllegalArgumentException(
                    images.size() + " images and " + captions.size() + " captions in " + columns + " columns");
        }
        List<RgbImage> cells =
                images.stream().map(image -> scaled(image, cellWidth)).toList();
        int captionHeight = captions.isEmpty() ? 0 : (int) Math.ceil(new StrokeText(TEXT).height()) + 4;
        int cellHeight =
                captionHeight + cells.stream().mapToInt(RgbImage::height).max().orElse(0);
        int used = Math.min(columns, cells.size());
        int rows = (cells.size() + columns - 1) / columns;
        RgbImage sheet = RgbImage.filled(GAP + used * (cellWidth + GAP), GAP + rows * (cellHeight + GAP), GROUND);
        Graphics2D graphics = sheet.buffered().createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        for (int i = 0; i < cells.size(); i++) {
            int x = GAP + i % columns * (cellWidth + GAP);
            int y = GAP + i / columns * (cellHeight + GAP);
            if (!captions.isEmpty()) {
                new StrokeText(TEXT).draw(graphics, captions.get(i), x, y, Color.DARK_GRAY);
            }
            graphics.drawImage(cells.get(i).buffered(), x, y + captionHeight, null);
        }
        graphics.dispose();
        return sheet.cleared();
    }

    private static RgbImage scaled(RgbImage image, int cellWidth) {
        double scale = Math.min((double) cellWidth / image.width(), (double) TALLEST * cellWidth / image.height());
        int width = Math.max(1, (int) Math.round(scale * image.width()));
        int height = Math.max(1, (int) Math.round(scale * image.height()));
        return Resampler.resize(image, width, height);
    }
}
