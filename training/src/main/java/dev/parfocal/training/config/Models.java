package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.detr.RtDetrConfig;
import dev.parfocal.training.engine.Norm;
import dev.parfocal.training.family.FcosConfig;
import dev.parfocal.training.family.NanoDetConfig;
import dev.parfocal.training.family.RetinaNetConfig;
import dev.parfocal.training.family.YoloxConfig;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.roi.FasterRcnnConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The families of detectors, and a preset of each: a whole configuration, written as the page of a published detector. */
public final class Models {
    /** Each family with its default measures. */
    static final List<ModelConfig> KINDS = List.of(
            DenseConfig.DEFAULT,
            RetinaNetConfig.DEFAULT,
            FcosConfig.DEFAULT,
            FasterRcnnConfig.DEFAULT,
            NanoDetConfig.DEFAULT,
            YoloxConfig.DEFAULT,
            RtDetrConfig.DEFAULT);

    /** The normalisations, each with published constants. */
    static final List<Norm> NORMS = List.of(Norm.Batch.PYTORCH, Norm.Frozen.PYTORCH, Norm.Group.OF_32, new Norm.None());

    /** The names of the presets. */
    public static final List<String> PRESETS =
            List.of("dense", "retinanet", "fcos", "faster_rcnn", "nanodet", "yolox", "rt_detr");

    private static final String FOLDER = "/dev/parfocal/training/models/";
    private static final String DEMO = "demo/";

    private Models() {}

    /**
     * The text of a preset.
     *
     * @throws ParfocalException if there is none of this name
     */
    public static String text(String name) {
        return read(name, "");
    }

    private static String read(String name, String folder) {
        if (!PRESETS.contains(name)) {
            throw new ParfocalException("there is no model '" + name + "'" + Names.suggestion(name, PRESETS)
                    + "; there are " + String.join(", ", PRESETS));
        }
        try (InputStream in = Models.class.getResourceAsStream(FOLDER + folder + name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("no preset " + folder + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The configuration of a preset, to be changed. */
    public static Configuration<RunConfig> preset(String name) {
        String text = text(name);
        Configuration<RunConfig> base = RunConfig.configuration();
        boolean ownLosses = text.contains("\nloss:");
        return (ownLosses ? base.without("loss", "outputs") : base).overlay(text, "the model " + name);
    }

    /**
     * A preset at the demo's scale: measures, rate and length with which two processors train it on drawn scenes, from nothing, in
     * some minutes.
     *
     * @throws ParfocalException if there is none of this name
     */
    public static Configuration<RunConfig> demo(String name) {
        return preset(name).overlay(read(name, DEMO), "the demo of " + name);
    }

    /** A line of a preset's head, such as {@code after}; its first line for an empty key. */
    public static String about(String name, String key) {
        return text(name)
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .filter(line -> key.isEmpty() || line.startsWith(key + ": "))
                .map(line -> key.isEmpty() ? line : line.substring(key.length() + 2))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the preset " + name + " does not say " + key));
    }
}
