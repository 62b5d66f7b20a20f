package dev.parfocal.detection.outcome;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.outcome.ImageOutcome.Pair;
import java.util.ArrayList;
import java.util.List;

/** Matches the detections of one image with its objects. */
final class Pairing {

    private final Sample sample;
    private final List<Detection> left;
    private final List<Annotation> free = new ArrayList<>();
    private final double iou;

    /** @param detections best first */
    Pairing(Sample sample, List<Detection> detections, double iou) {
        this.sample = sample;
        this.iou = iou;
        left = new ArrayList<>(detections);
        sample.annotations().stream().filter(object -> !object.crowd()).forEach(free::add);
    }

    ImageOutcome outcome() {
        List<Pair> right = pairs(true);
        left.removeIf(this::isInCrowd);
        List<Pair> confused = pairs(false);
        return new ImageOutcome(sample, right, confused, left, free);
    }

    /** Each detection in turn takes the free object that it overlaps most. */
    private List<Pair> pairs(boolean sameClass) {
        List<Pair> pairs = new ArrayList<>();
        List<Detection> over = new ArrayList<>();
        for (Detection detection : left) {
            int best = -1;
            double most = iou;
            for (int i = 0; i < free.size(); i++) {
                Annotation object = free.get(i);
                double overlap = object.box().iou(detection.box());
                if (overlap >= most && (!sameClass || object.label() == detection.label())) {
                    best = i;
                    most = overlap;
                }
            }
            if (best < 0) {
                over.add(detection);
            } else {
                pairs.add(new Pair(free.remove(best), detection));
            }
        }
        left.clear();
        left.addAll(over);
        return pairs;
    }

    /** Detections that lie in a crowd of their class are neither right nor wrong. */
    private boolean isInCrowd(Detection detection) {
        Box box = detection.box();
        return sample.annotations().stream()
                .filter(Annotation::crowd)
                .filter(crowd -> crowd.label() == detection.label())
                .anyMatch(crowd -> box.area() > 0 && crowd.box().intersection(box) >= iou * box.area());
    }
}
