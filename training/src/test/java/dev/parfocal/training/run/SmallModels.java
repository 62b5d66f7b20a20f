package dev.parfocal.training.run;

import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;

/** Each preset with few channels and an input of 64 × 64 pixels. */
public final class SmallModels {
    public static final int SIZE = 64;

    private SmallModels() {}

    public static Configuration<RunConfig> of(String family) {
        String measures = switch (family) {
            case "dense" -> "widths: [8, 8, 8, 8, 8], neck: {width: 16}, regMax: 4";
            case "nanodet" -> "backbone: {width: 8, depths: [1, 1, 1, 1]}, neck: {width: 16}";
            case "yolox" -> "width: 4, head: 8";
            case "rt_detr" ->
                "backbone: {stem: 8, widths: [8, 8, 16, 16]}, encoder: {width: 16, heads: 2, feedForward: 16},"
                        + " decoder: {width: 16, heads: 2, feedForward: 16, points: 2, queries: 10}, denoising: {queries: 6}";
            case "faster_rcnn" ->
                "backbone: {width: 8, depths: [1, 1, 1, 1], norm: {kind: batch}}, neck: {width: 16},"
                        + " rpn: {training: {perLevel: 50, kept: 40}, use: {perLevel: 50, kept: 20}},"
                        + " roi: {align: {size: 3}, hidden: 32}";
            default -> "backbone: {width: 8, depths: [1, 1, 1, 1], norm: {kind: batch}}, neck: {width: 32}, tower: 1";
        };
        String text = "model: {input: {width: %d, height: %d}, %s}\nthreads: 1\n".formatted(SIZE, SIZE, measures);
        Configuration<RunConfig> small = Models.preset(family).overlay(text, "small.yaml");
        return family.equals("faster_rcnn")
                ? small.overlay("loss: {rpn: {sampler: {size: 32}}, roi: {sampler: {size: 16}}}", "small.yaml")
                : small;
    }
}
