package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec.Slot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The losses on boxes of positive rows of one output, in any number: on corners, on coordinates, on the distributions of
 * sides. Each row counts as its loss's weighting says, times its
 * object's factor.
 */
final class BoxLosses implements Task {
    private final String output;
    private final List<BoxLoss> losses = new ArrayList<>();
    private final List<BoxLoss> inOrder;
    private final BoxBuffer sum = new BoxBuffer();

    /**
     * The losses in an output's slots for boxes.
     *
     * @param bins of a coordinate of the output's code
     */
    BoxLosses(Slots slots, int bins) {
        output = slots.output();
        for (Map.Entry<String, LossComponent> slot :
                slots.of(Slot.BOXES, Slot.BINS).entrySet()) {
            losses.add(loss(slots, slot.getKey(), slot.getValue(), bins));
        }
        // Distributions come first: the gradients of both are summed up in this order.
        inOrder = losses.stream().sorted(Comparator.comparing(BoxLoss::reads)).toList();
    }

    private static BoxLoss loss(Slots slots, String slot, LossComponent config, int bins) {
        String key = slots.key(slot);
        if (slots.slot(slot) == Slot.BINS) {
            if (bins == 1) {
                throw new ParfocalException(
                        key + " needs boxes as distributions: set model.regMax, or " + key + " to null");
            }
            return new BoxLoss(
                    Component.of(
                            slots.component(slot), key, config, slots.spec().kinds(slot), bins),
                    BoxLoss.Reads.BINS);
        }
        Component component =
                Component.of(slots.component(slot), key, config, slots.spec().kinds(slot), 0);
        boolean corners = component.loss().kind() == Kind.BOX;
        if (!corners) {
            GivenNumbers.checkAnyTarget(key, config.loss(), component.loss());
        }
        return new BoxLoss(component, corners ? BoxLoss.Reads.CORNERS : BoxLoss.Reads.COORDINATES);
    }

    @Override
    public String name() {
        return DETECTION;
    }

    @Override
    public List<Component> components() {
        return losses.stream().map(BoxLoss::component).toList();
    }

    @Override
    public List<Contribution> evaluate(MatchedBatch batch) {
        MatchedOutput matched = batch.output(output);
        Output boxes = matched.output();
        return batch.separate() ? apart(batch, matched, boxes) : together(batch, matched, boxes);
    }

    private List<Contribution> together(MatchedBatch batch, MatchedOutput matched, Output boxes) {
        if (losses.isEmpty()) {
            return List.of();
        }
        BoxGradient gradient = BoxGradient.of(boxes, matched.positives());
        Map<String, Evaluation> values = new LinkedHashMap<>();
        for (BoxLoss loss : inOrder) {
            values.put(loss.component().name(), loss.evaluate(matched, batch.settings(), gradient));
        }
        return List.of(new Contribution(values, boxes.boxes(), sum.scattered(boxes.boxes(), gradient)));
    }

    private List<Contribution> apart(MatchedBatch batch, MatchedOutput matched, Output boxes) {
        List<Contribution> contributions = new ArrayList<>();
        for (BoxLoss loss : inOrder) {
            BoxGradient gradient = BoxGradient.of(boxes, matched.positives());
            Evaluation value = loss.evaluate(matched, batch.settings(), gradient);
            contributions.add(Contribution.of(
                    loss.component().name(), value, boxes.boxes(), loss.buffer().scattered(boxes.boxes(), gradient)));
        }
        return contributions;
    }

    /** The losses on each positive row's box alone, times the configured weights. */
    float[] ofPositives(MatchedOutput matched, StepSettings settings) {
        float[] sums = new float[matched.positives().count()];
        for (BoxLoss loss : losses) {
            if (loss.reads() != BoxLoss.Reads.BINS) {
                float[] own = loss.values(matched, settings);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += own[i];
                }
            }
        }
        return sums;
    }
}
