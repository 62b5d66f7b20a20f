package dev.parfocal.training.optim;

import dev.parfocal.training.engine.Weights;
import dev.parfocal.training.engine.Weights.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which weights a step moves, and how fast.
 *
 * @param spans in ascending order; what lies between them stays
 */
public record Motion(List<Span> spans) {
    /**
     * Weights that lie one behind the other.
     *
     * @param offset of the first in {@link Weights#trained()}
     * @param length number of elements
     * @param rate what the learning rate is multiplied by
     */
    public record Span(long offset, long length, double rate) {}

    /** All weights, at the learning rate. */
    public static Motion whole(Weights weights) {
        return new Motion(List.of(new Span(0, weights.parameters(), 1)));
    }

    /**
     * The motion that the parts' configurations ask for.
     *
     * @param epoch from 0
     */
    public static Motion of(Map<String, PartConfig> parts, Weights weights, int epoch) {
        Function<Stretch, PartConfig> config =
                stretch -> stretch.part().map(parts::get).orElse(PartConfig.NONE);
        List<Span> spans = new ArrayList<>();
        for (Stretch stretch : weights.stretches()) {
            PartConfig part = config.apply(stretch);
            if (!part.frozen(epoch)) {
                add(spans, new Span(stretch.offset(), stretch.length(), part.rate() == null ? 1 : part.rate()));
            }
        }
        return new Motion(spans);
    }

    /** Neighbours of one rate become one span, so that few long operations do the work. */
    private static void add(List<Span> spans, Span next) {
        int last = spans.size() - 1;
        boolean joins = last >= 0
                && spans.get(last).rate == next.rate
                && spans.get(last).offset + spans.get(last).length == next.offset;
        if (joins) {
            Span before = spans.remove(last);
            spans.add(new Span(before.offset, before.length + next.length, next.rate));
        } else {
            spans.add(next);
        }
    }
}
