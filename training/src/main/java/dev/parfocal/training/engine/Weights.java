package dev.parfocal.training.engine;

import dev.parfocal.training.engine.Weight.Declaration;
import dev.parfocal.training.engine.Weight.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All weights of a model in flat tensors: the trained ones (those with weight decay first, and among equals part by part),
 * their gradients, and the running statistics.
 */
public final class Weights {
    private final List<Weight> all = new ArrayList<>();
    private final Tensor trained;
    private final Tensor gradients;
    private final Tensor statistics;
    private final long decayed;
    private final List<Stretch> stretches = new ArrayList<>();

    /**
     * Trained weights of one part that lie one behind the other, all with weight decay or all without.
     *
     * @param part empty for the weights of no part
     * @param offset of the first in {@link #trained()}
     * @param length number of elements
     */
    public record Stretch(Optional<String> part, long offset, long length) {}

    Weights(List<Declaration> declarations, Parts parts) {
        List<Declaration> ordered = new ArrayList<>(declarations);
        ordered.sort(Comparator.comparing(Declaration::role).thenComparing(d -> parts.place(d.name())));
        decayed = elements(ordered, Role.DECAYED);
        long plain = elements(ordered, Role.PLAIN);
        trained = Tensor.zeros(decayed + plain);
        gradients = Tensor.zeros(decayed + plain);
        statistics = Tensor.zeros(elements(ordered, Role.STATISTIC));
        long offset = 0;
        for (Declaration declaration : ordered) {
            if (declaration.role() == Role.STATISTIC) {
                all.add(new Weight(declaration, statistics, offset - decayed - plain));
            } else {
                Weight weight = new Weight(declaration, trained, offset);
                weight.value().accumulateInto(weight.within(gradients));
                all.add(weight);
                extend(parts.of(weight.name()), weight);
            }
            offset += declaration.initial().length;
        }
    }

    /** Weights that follow one of the same part and role lengthen its stretch. */
    private void extend(Optional<String> part, Weight weight) {
        int last = stretches.size() - 1;
        boolean goesOn = last >= 0 && stretches.get(last).part.equals(part) && weight.offset() != decayed;
        if (goesOn) {
            Stretch before = stretches.remove(last);
            stretches.add(new Stretch(part, before.offset, before.length + weight.elements()));
        } else {
            stretches.add(new Stretch(part, weight.offset(), weight.elements()));
        }
    }

    private static long elements(List<Declaration> declarations, Role role) {
        return declarations.stream()
                .filter(d -> d.role() == role)
                .mapToLong(d -> d.initial().length)
                .sum();
    }

    /** Every weight, trained ones first. */
    public List<Weight> all() {
        return List.copyOf(all);
    }

    /** All trained weights as one tensor {@code [parameters]}. */
    public Tensor trained() {
        return trained;
    }

    /** All of {@link #trained()}, part by part. */
    public List<Stretch> stretches() {
        return List.copyOf(stretches);
    }

    /** The gradients of {@link #trained()}, in the same order; backward passes add to it. */
    public Tensor gradients() {
        return gradients;
    }

    /** All running statistics as one tensor. */
    public Tensor statistics() {
        return statistics;
    }

    /** How many of the first trained weights are subject to weight decay. */
    public long decayed() {
        return decayed;
    }

    /** The first part of {@link #trained()}: the weights subject to weight decay. */
    public Tensor decayedPart() {
        return trained.narrow(0, 0, decayed);
    }

    /** Number of trained parameters. */
    public long parameters() {
        return trained.elements();
    }

    /**
     * Copies of all weights by name, each in its shape and row-major order.
     *
     * @param prefix put before every name
     * @param trained the flat tensor to take trained weights from: this one's, or an average of it
     * @param statistics likewise
     */
    public Map<String, TensorFile.Entry> named(String prefix, Tensor trained, Tensor statistics) {
        Map<String, TensorFile.Entry> entries = new LinkedHashMap<>();
        for (Weight weight : all) {
            Tensor view = weight.within(weight.role() == Role.STATISTIC ? statistics : trained);
            entries.put(prefix + weight.name(), new TensorFile.Entry(view.shape(), view.toArray()));
        }
        return entries;
    }

    /**
     * The inverse of {@link #named}: copies a file's tensors into flat tensors of this model's layout.
     *
     * @throws dev.parfocal.core.ParfocalException if the file lacks a weight or has it in another shape
     */
    public void restore(TensorFile file, String prefix, Tensor trained, Tensor statistics) {
        for (Weight weight : all) {
            Tensor view = weight.within(weight.role() == Role.STATISTIC ? statistics : trained);
            view.set(file.values(prefix + weight.name(), view.shape()));
        }
    }

    /**
     * Copies the tensors of a file of weights alone into this model.
     *
     * @throws dev.parfocal.core.ParfocalException if the file lacks a weight or has it in another shape
     */
    public void restore(TensorFile file) {
        Scope.unrecorded(() -> restore(file, "", trained(), statistics()));
    }
}
