package dev.parfocal.detection.synth;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.image.RgbImage;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Draws scenes for a detector to learn from: discs, squares, triangles, stars, rings and (rarely) gears of any size, colour,
 * texture, leaning a little, partly covering each other, among things that only look like them, on busy and grainy backgrounds.
 *
 * <p>Scene {@code i} depends on the seed, the options and {@code i} alone: not on how many are drawn, nor in which order or
 * thread. Safe to use from several threads.
 */
public final class SceneGenerator {

    /** An object shows at least this share of itself; whatever would show less is not drawn. */
    static final double MIN_VISIBLE = 0.5;

    private static final int ATTEMPTS = 30;

    private final long seed;
    private final SceneOptions options;
    private final double[] weights;

    public SceneGenerator(long seed, SceneOptions options) {
        this.seed = seed;
        this.options = options;
        this.weights = weights(options);
    }

    /** The categories, by label; ids count from 1. */
    public static List<Category> categories() {
        return Arrays.stream(Figure.values())
                .map(figure -> new Category(figure.ordinal() + 1, figure.label()))
                .toList();
    }

    public SceneOptions options() {
        return options;
    }

    private static double[] weights(SceneOptions options) {
        int ordinary = Figure.values().length - 1;
        double[] weights = new double[ordinary + 1];
        double sum = 0;
        for (int i = 0; i < ordinary; i++) {
            weights[i] = Math.pow(options.imbalance(), -i / (ordinary - 1.0));
            sum += weights[i];
        }
        for (int i = 0; i < ordinary; i++) {
            weights[i] *= (1 - options.rareShare()) / sum;
        }
        weights[ordinary] = options.rareShare();
        return weights;
    }

    /** Draws one scene. */
    public Scene draw(int number) {
        Dice dice = new Dice(seed, number);
        RgbImage image = RgbImage.filled(options.width(), options.height(), 0);
        Graphics2D graphics = image.buffered().createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        Ownership ownership = new Ownership(options.width(), options.height());
        Stage stage = new Stage(options, dice, image, graphics, ownership);
        Backdrop.draw(graphics, options, dice);
        List<Figure> figures = populate(stage, dice);
        graphics.dispose();
        RgbImage taken = Camera.take(image, options.noise(), dice);
        return new Scene(taken, annotations(figures, ownership));
    }

    /** Things that are no objects lie first, objects on and beside them, and a few more on top. */
    private List<Figure> populate(Stage stage, Dice dice) {
        int things = (int) Math.round(options.clutter() * dice.whole(1, 7));
        for (int i = 0; i < things; i++) {
            stage.put(dice.one(Distractor.values()).outline(), options.minSize() * 0.6, options.maxSize() * 0.8);
        }
        int objects = dice.chance(options.emptyShare()) ? 0 : dice.whole(1, options.maxObjects());
        List<Figure> figures = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS * objects && figures.size() < objects; attempt++) {
            Figure figure = Figure.values()[dice.weighted(weights)];
            if (stage.putObject(figure.outline())) {
                figures.add(figure);
            }
        }
        int covers = (int) Math.round(options.clutter() * dice.whole(0, 2));
        for (int i = 0; i < covers; i++) {
            stage.put(dice.one(Distractor.values()).outline(), options.minSize() * 0.4, options.minSize() * 1.2);
        }
        return figures;
    }

    private static List<Annotation> annotations(List<Figure> figures, Ownership ownership) {
        List<Annotation> annotations = new ArrayList<>();
        for (int object = 0; object < figures.size(); object++) {
            Box box = ownership.box(object);
            if (box != null) {
                int label = figures.get(object).ordinal();
                annotations.add(new Annotation(box, label, false, ownership.visible(object)));
            }
        }
        return annotations;
    }
}
