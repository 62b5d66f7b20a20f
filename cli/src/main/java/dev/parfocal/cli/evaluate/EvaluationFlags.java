package dev.parfocal.cli.evaluate;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.metric.AreaRange;
import dev.parfocal.detection.metric.EvaluationOptions;
import dev.parfocal.detection.metric.Mode;
import dev.parfocal.detection.truth.CocoInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say at what detections are measured. */
public final class EvaluationFlags {

    private static final int LVIS_DETECTIONS = 300;

    @Option(
            names = "--mode",
            paramLabel = "strict|corrected",
            description =
                    "strict: as pycocotools, to the last bit. corrected: without its oddities; docs/evaluation.md "
                            + "lists them. Default: strict.")
    private String mode = "strict";

    @Option(
            names = "--max-detections",
            split = ",",
            paramLabel = "N",
            description = "How many detections per image and class count, best first; AP counts the last of the list. "
                    + "Default: 1,10,100.")
    private List<Integer> limits = List.of();

    @Option(
            names = "--iou",
            split = ",",
            paramLabel = "IOU",
            description = "The least overlaps of a match: numbers, or FIRST:LAST:STEP. Default: 0.5:0.95:0.05.")
    private List<String> ious = List.of();

    @Option(names = "--classes", split = ",", paramLabel = "NAME", description = "Only these classes. Default: all.")
    private Set<String> classes = Set.of();

    @Option(
            names = "--area",
            paramLabel = "NAME=FROM:TO",
            description = "A class of sizes of your own, in square pixels, instead of COCO's small, medium and large; "
                    + "may be given several times. Without FROM or TO it is open on that side.")
    private Map<String, String> areas = Map.of();

    @Option(
            names = "--federated",
            description =
                    "Score as LVIS does: a detection counts only where the truth says that its class was looked for "
                            + "(neg_category_ids), the best 300 of an image count, and AP is shown by frequency, too.")
    private boolean federated;

    /** The input as the options have it scored. */
    public CocoInput scored(CocoInput input) {
        return federated ? input.federated(most()) : input;
    }

    private int most() {
        return limits.isEmpty() ? LVIS_DETECTIONS : limits.get(limits.size() - 1);
    }

    /** @throws ParfocalException if one of them cannot be */
    public EvaluationOptions options() {
        EvaluationOptions options = EvaluationOptions.COCO.withMode(mode()).withClasses(classes);
        if (federated && limits.isEmpty()) {
            options = options.withLimits(List.of(LVIS_DETECTIONS));
        }
        if (!limits.isEmpty()) {
            options = options.withLimits(limits);
        }
        if (!ious.isEmpty()) {
            options = options.withIous(new ArrayList<>(thresholds()));
        }
        return areas.isEmpty() ? options : options.withAreas(ranges());
    }

    private Mode mode() {
        return Arrays.stream(Mode.values())
                .filter(each -> each.name().equalsIgnoreCase(mode))
                .findFirst()
                .orElseThrow(() -> new ParfocalException("--mode " + mode + ": it is strict or corrected"));
    }

    private Set<Double> thresholds() {
        Set<Double> thresholds = new TreeSet<>();
        for (String text : ious) {
            String[] parts = text.split(":", -1);
            if (parts.length == 1) {
                thresholds.add(number(text, "--iou", text));
            } else if (parts.length == 3) {
                double first = number(parts[0], "--iou", text);
                double step = number(parts[2], "--iou", text);
                long count = Math.round((number(parts[1], "--iou", text) - first) / step) + 1;
                if (!(step > 0) || count < 1 || count > 1000) {
                    throw new ParfocalException("--iou " + text + ": FIRST:LAST:STEP must ascend in steps above 0");
                }
                thresholds.addAll(range(first, step, (int) count));
            } else {
                throw new ParfocalException("--iou " + text + ": write a number, or FIRST:LAST:STEP");
            }
        }
        return thresholds;
    }

    /** COCO's own range is numpy's numbers, to the last bit. */
    private static List<Double> range(double first, double step, int count) {
        List<Double> decimal = IntStream.range(0, count)
                .mapToObj(i -> Math.rint((first + i * step) * 1e9) / 1e9)
                .toList();
        List<Double> coco = EvaluationOptions.COCO.ious();
        boolean same = count == coco.size()
                && IntStream.range(0, count).allMatch(i -> Math.abs(coco.get(i) - decimal.get(i)) < 1e-9);
        return same ? coco : decimal;
    }

    private List<AreaRange> ranges() {
        List<AreaRange> ranges = new ArrayList<>();
        areas.forEach((name, text) -> {
            String option = "--area " + name + "=" + text;
            String[] ends = text.split(":", -1);
            if (ends.length != 2) {
                throw new ParfocalException(option + ": write NAME=FROM:TO, such as tiny=0:256");
            }
            double from = ends[0].isBlank() ? 0 : number(ends[0], "--area", text);
            double to = ends[1].isBlank() ? 1e10 : number(ends[1], "--area", text);
            ranges.add(new AreaRange(name.toLowerCase(Locale.ROOT), from, to));
        });
        return ranges;
    }

    private static double number(String text, String option, @Nullable String whole) {
        try {
            return Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new ParfocalException(option + " " + whole + ": '" + text + "' is not a number", e);
        }
    }
}
