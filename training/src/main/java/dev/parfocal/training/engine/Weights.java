package dev.parfocal.training.engine;

import dev.parfocal.training.engine.Weight.Declaration;
import dev.parfocal.training.engine.Weight.Role;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All weights of a model in flat tensors: the trained ones (those with weight decay first), their gradients, and the
 * running statistics.
 */
public final class Weights {
    private final List<Weight> all = new ArrayList<>();
    private final Tensor trained;
    private final Tensor gradients;
    private final Tensor statistics;
    private final long decayed;

    Weights(List<Declaration> declarations) {
        List<Declaration> ordered = new ArrayList<>(declarations);
        ordered.sort(Comparator.comparing(Declaration::role));
        decayed = elements(ordered, Role.DECAYED);
        long plain = elements(ordered, Role.PLAIN);
        trained = Tensor.zeros(decayed + plain);
        gradients = Tensor.zeros(decayed + plain);
        statistics = Tensor.zeros(elements(ordered, Role.STATISTIC));
        long offset = 0;
        for (Declaration declaration : ordered) {
            long length = declaration.initial().length;
            if (declaration.role() == Role.STATISTIC) {
                all.add(new Weight(declaration, statistics.narrow(0, offset - decayed - plain, length)));
            } else {
                Weight weight = new Weight(declaration, trained.narrow(0, offset, length));
                weight.value().accumulateInto(weight.view(gradients.narrow(0, offset, length)));
                all.add(weight);
            }
            offset += length;
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

    /** Number of trained parameters. */
    public long parameters() {
        return trained.elements();
    }

    /** Copies of all weights by name, each in row-major order. */
    public Map<String, TensorFile.Entry> named() {
        Map<String, TensorFile.Entry> entries = new LinkedHashMap<>();
        for (Weight weight : all) {
            entries.put(
                    weight.name(),
                    new TensorFile.Entry(weight.value().shape(), weight.value().toArray()));
        }
        return entries;
    }
}
