package dev.parfocal.detection.outcome;

import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.truth.CocoInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What each kind of error costs: how much AP50 would rise if errors of that kind alone were corrected. Bolya, Foley, Hays,
 * Hoffman: TIDE: A General Toolbox for Identifying Object Detection Errors, ECCV 2020. arXiv 2008.08115.
 *
 * <p>A detection of the wrong class or place is corrected into a right one if its object is free, the best score first, and
 * else removed; duplicates, detections of nothing and those that are wrong in both are removed; missed objects are no longer
 * to be found. The gains do not add up to what is missing from 1.
 *
 * @param ap50 what there is; empty if there is no object to find
 * @param counts how many errors there are
 * @param gains by how much correcting them would raise {@code ap50}; NaN if there is no object to find
 */
public record ErrorDecomposition(OptionalDouble ap50, Map<ErrorKind, Integer> counts, Map<ErrorKind, Double> gains) {

    /** Decomposes the errors on a data set. */
    public static ErrorDecomposition of(Dataset truth, List<Detection> detections) {
        return of(CocoInput.of(truth, detections));
    }

    /** Decomposes the errors of what was read; an object whose id is 0 is an object like any other here. */
    public static ErrorDecomposition of(CocoInput input) {
        Errors errors = new Errors(input);
        double before = Judgement.meanPrecision(errors.judgements(), errors.objects());
        Map<ErrorKind, Integer> counts = new EnumMap<>(ErrorKind.class);
        Map<ErrorKind, Double> gains = new EnumMap<>(ErrorKind.class);
        for (ErrorKind kind : ErrorKind.values()) {
            counts.put(kind, errors.count(kind));
            double after = Judgement.meanPrecision(corrected(errors, kind), left(errors, kind));
            boolean nothingLeft = Double.isNaN(after) && !Double.isNaN(before);
            gains.put(kind, (nothingLeft ? 1 : after) - before);
        }
        return new ErrorDecomposition(
                Double.isNaN(before) ? OptionalDouble.empty() : OptionalDouble.of(before), counts, gains);
    }

    private static List<Judgement> corrected(Errors errors, ErrorKind kind) {
        List<Judgement> kept = new ArrayList<>();
        for (Judgement each : errors.judgements()) {
            boolean isWrong = kind == ErrorKind.FALSE_POSITIVE ? !each.isHit() : errors.kind(each) == kind;
            if (!isWrong) {
                kept.add(each);
            }
        }
        if (kind == ErrorKind.CLASSIFICATION || kind == ErrorKind.LOCALISATION) {
            Set<Integer> taken = errors.found();
            errors.judgements().stream()
                    .filter(each -> errors.kind(each) == kind)
                    .sorted(Judgement.BEST_FIRST)
                    .forEach(each -> {
                        int object = errors.target(each);
                        if (taken.add(object)) {
                            kept.add(each.moved(errors.label(object)));
                        }
                    });
        }
        return kept;
    }

    private static int[] left(Errors errors, ErrorKind kind) {
        int[] fewer = switch (kind) {
            case MISSED -> errors.missed();
            case FALSE_NEGATIVE -> errors.notFound();
            default -> new int[errors.objects().length];
        };
        int[] left = errors.objects().clone();
        Arrays.setAll(left, label -> left[label] - fewer[label]);
        return left;
    }
}
