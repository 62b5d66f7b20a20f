package dev.parfocal.training.run;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Pictures of discs and squares, the last one empty. */
public final class Scenes {
    public static final List<Category> CATEGORIES = List.of(new Category(3, "disc"), new Category(7, "square"));

    private static final int SIZE = 96;

    private Scenes() {}

    /** Draws them as files; the same each time. */
    public static Dataset draw(Path folder, int images) {
        Random random = new Random(4);
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < images; i++) {
            RgbImage image = RgbImage.filled(SIZE, SIZE, 0x404850);
            List<Annotation> objects = i == images - 1 ? List.of() : objects(image, random);
            Path file = folder.resolve("scene" + i + ".png");
            ImageFiles.write(image, file);
            samples.add(new Sample(i + 1, file, SIZE, SIZE, objects));
        }
        return new Dataset("scenes", CATEGORIES, samples, Map.of());
    }

    private static List<Annotation> objects(RgbImage image, Random random) {
        List<Annotation> objects = new ArrayList<>();
        Graphics2D g = image.buffered().createGraphics();
        for (int half = 0; half < 2; half++) {
            int size = 20 + random.nextInt(24);
            int x = half * SIZE / 2 + random.nextInt(SIZE / 2 - size + 1);
            int y = random.nextInt(SIZE - size);
            int label = random.nextInt(2);
            g.setColor(label == 0 ? Color.ORANGE : Color.CYAN);
            if (label == 0) {
                g.fillOval(x, y, size, size);
            } else {
                g.fillRect(x, y, size, size);
            }
            objects.add(Annotation.of(new Box(x, y, x + size, y + size), label));
        }
        g.dispose();
        return objects;
    }
}
