package dev.parfocal.detection.match;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Predictions;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Every object takes the priors of the least cost, and as many as their boxes already suit it: Ge, Liu, Wang, Li, Sun: YOLOX:
 * Exceeding YOLO Series in 2021, section 2.1, arXiv 2107.08430.
 *
 * <p>Candidates are the priors in the {@link Region} of an object. A candidate costs an object its classification cost plus
 * {@code iouWeight * -log(IoU + 1e-8)} of its predicted box, and 1e5 more where it does not lie in the object's own core. An
 * object takes the floor of the sum of its {@code candidates} highest IoUs, at least one. A prior taken by several objects
 * goes to that which it costs least, among all of the image; of equals to the smaller object. The alignment is the IoU.
 *
 * @param radius half the side of the square around an object's centre, in strides of the prior; positive
 * @param region where candidates lie
 * @param candidates how many IoUs are summed; at least 1
 * @param iouWeight weight of the IoU in the cost; at least 0
 * @param classification what the classes cost
 */
public record SimOtaAssigner(double radius, Region region, int candidates, double iouWeight, Cost classification)
        implements Assigner {

    private static final double OUTSIDE = 1e5;

    /** Where the candidates of an object lie, and its core. */
    public enum Region {
        /** Candidates lie in the square around the object's centre, and so does the core: YOLOX since version 0.3. */
        CENTRE,
        /** Candidates lie in the object's box or in the square, the core is where both overlap: YOLOX before, mmdetection. */
        BOX_OR_CENTRE
    }

    public SimOtaAssigner {
        if (!(radius > 0) || candidates < 1 || !(iouWeight >= 0)) {
            throw new ParfocalException(
                    "SimOTA needs a positive radius, 1 candidate or more and an IoU weight of 0 or more," + " not "
                            + radius + ", " + candidates + " and " + iouWeight);
        }
    }

    /** As YOLOX: squares of 1.5 strides to each side, 10 candidates, IoU weighted 3. */
    public static SimOtaAssigner yolox() {
        return new SimOtaAssigner(1.5, Region.CENTRE, 10, 3, new RootScoreCost(1));
    }

    /** As mmdetection and the first YOLOX: boxes and squares of 2.5 strides to each side. */
    public static SimOtaAssigner mmdetection() {
        return new SimOtaAssigner(2.5, Region.BOX_OR_CENTRE, 10, 3, new RootScoreCost(1));
    }

    @Override
    public boolean needsPredictions() {
        return true;
    }

    @Override
    public Optional<String> unsuitable(Priors.Kind kind) {
        return switch (kind) {
            case CELLS, ANCHORS -> Optional.empty();
            case PROPOSALS, QUERIES ->
                Optional.of("SimOTA looks around an object's centre in strides of a feature map, and " + kind.words()
                        + " belong to no map");
        };
    }

    @Override
    public Assignment assign(Priors priors, List<Annotation> objects, Predictions predictions) {
        int[] learnt = Assigner.learnt(objects);
        Box[] boxes = IntStream.of(learnt).mapToObj(i -> objects.get(i).box()).toArray(Box[]::new);
        int[] chosen = IntStream.range(0, priors.size())
                .filter(prior -> isCandidate(boxes, priors, prior))
                .toArray();
        Selection selection = new Selection(predictions, chosen);
        DynamicK matching = new DynamicK(boxes.length, chosen.length);
        List<Annotation> matched = IntStream.of(learnt).mapToObj(objects::get).toList();
        classification.add(selection, matched, matching.cost());
        for (int i = 0; i < chosen.length; i++) {
            Box predicted = selection.box(i);
            for (int object = 0; object < boxes.length; object++) {
                double iou = predicted.iou(boxes[object]);
                matching.iou()[object][i] = iou;
                matching.cost()[object][i] +=
                        -iouWeight * Math.log(iou + 1e-8) + (inCore(boxes[object], priors, chosen[i]) ? 0 : OUTSIDE);
            }
        }
        return matching.assignment(candidates, chosen, learnt, priors, objects);
    }

    private boolean isCandidate(Box[] boxes, Priors priors, int prior) {
        for (Box box : boxes) {
            if (inCentre(box, priors, prior) || region == Region.BOX_OR_CENTRE && inBox(box, priors, prior)) {
                return true;
            }
        }
        return false;
    }

    private boolean inCore(Box box, Priors priors, int prior) {
        return inCentre(box, priors, prior) && (region == Region.CENTRE || inBox(box, priors, prior));
    }

    private static boolean inBox(Box box, Priors priors, int prior) {
        float x = priors.x(prior);
        float y = priors.y(prior);
        return x > box.x1() && x < box.x2() && y > box.y1() && y < box.y2();
    }

    private boolean inCentre(Box box, Priors priors, int prior) {
        double reach = radius * priors.stride()[prior];
        return Math.abs(priors.x(prior) - box.centerX()) < reach && Math.abs(priors.y(prior) - box.centerY()) < reach;
    }
}
