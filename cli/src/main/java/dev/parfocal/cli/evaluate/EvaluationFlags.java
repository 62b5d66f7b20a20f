package dev.parfocal.cli.evaluate;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.metric.AreaRange;
import dev.parfocal.detection.metric.EvaluationOptions;
import dev.parfocal.detection.metric.Mode;
import dev.parfocal.detection.truth.CocoInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
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
            paramLabel = "N,...",
            description = "How many detections per image and class count, best first; AP counts the last of the list. "
                    + "Default: 1,10,100.")
    private List<String> limits = List.of();

    @Option(
            names = "--iou",
            paramLabel = "IOU,...",
            description = "The least overlaps of a match: numbers, or FIRST:LAST:STEP. Default: 0.5:0.95:0.05.")
    private List<String> ious = List.of();

    @Option(names = "--classes", paramLabel = "NAME,...", description = "Only these classes. Default: all.")
    private List<String> classes = List.of();

    @Option(
            names = "--area",
            paramLabel = "NAME=FROM:TO",
            description = "A class of sizes of your own, in square pixels, instead of COCO's small, medium and large; "
                    + "may be given several times. Without FROM or TO it is open on that side.")
    private List<String> areas = List.of();

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
        List<Integer> numbers = limits();
        return numbers.get(numbers.size() - 1);
    }

    private List<Integer> limits() {
        if (limits.isEmpty()) {
            return federated ? List.of(LVIS_DETECTIONS) : EvaluationOptions.COCO.limits();
        }
        return parts("--max-detections", limits).stream()
                .map(each -> {
                    try {
                        return Integer.parseInt(each);
                    } catch (NumberFormatException e) {
                        throw new ParfocalException(
                                "--max-detections " + String.join(",", limits) + ": '" + each
                                        + "' is not a whole number",
                                e);
                    }
                })
                .toList();
    }

    /** What stands between commas. */
    private static List<String> parts(String option, List<String> texts) {
        String text = String.join(",", texts);
        List<String> parts =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (parts.contains("")) {
            throw new ParfocalException(option + " " + text + ": nothing stands before, behind or between commas");
        }
        return parts;
    }

    /** @throws ParfocalException if one of them cannot be */
    public EvaluationOptions options() {
        EvaluationOptions options = EvaluationOptions.COCO.withMode(mode()).withLimits(limits());
        if (!classes.isEmpty()) {
            options = options.withClasses(new LinkedHashSet<>(parts("--classes", classes)));
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
        for (String text : parts("--iou", ious)) {
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
        Map<String, AreaRange> ranges = new LinkedHashMap<>();
        for (String text : areas) {
            String option = "--area " + text;
            int equals = text.indexOf('=');
            String[] ends = text.substring(equals + 1).split(":", -1);
            if (equals < 1 || ends.length != 2) {
                throw new ParfocalException(option + ": write NAME=FROM:TO, such as tiny=0:256");
            }
            String name = text.substring(0, equals).strip().toLowerCase(Locale.ROOT);
            double from = ends[0].isBlank() ? 0 : number(ends[0], "--area", text);
            double to = ends[1].isBlank() ? 1e10 : number(ends[1], "--area", text);
            if (ranges.put(name, new AreaRange(name, from, to)) != null) {
                throw new ParfocalException(option + ": there is a class of sizes '" + name + "' already");
            }
        }
        return new ArrayList<>(ranges.values());
    }

    private static double number(String text, String option, String whole) {
        double number;
        try {
            number = Double.parseDouble(text.strip());
        } catch (NumberFormatException e) {
            throw new ParfocalException(option + " " + whole + ": '" + text + "' is not a number", e);
        }
        if (!Double.isFinite(number)) {
            throw new ParfocalException(option + " " + whole + ": '" + text + "' is not a finite number");
        }
        return number;
    }
}
