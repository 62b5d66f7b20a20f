package dev.parfocal.training.criterion;

import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.Signals.Cosine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows the gradient of each component from the outputs back through the places of a model. */
final class SignalTracer {
    private final MatchedBatch batch;
    private final List<Contribution> contributions;
    private final Map<String, List<Tensor>> places = new LinkedHashMap<>();

    /**
     * Of a step.
     *
     * @param batch whose components were evaluated apart
     */
    SignalTracer(MatchedBatch batch, List<Contribution> contributions) {
        this.batch = batch;
        this.contributions = contributions;
        boolean alone = batch.outputs().size() == 1;
        Map<String, List<Tensor>> forward =
                new LinkedHashMap<>(batch.prediction().shared().places());
        for (MatchedOutput matched : batch.outputs().values()) {
            Output output = matched.output();
            String prefix = alone ? "" : output.name() + ".";
            output.branches().forEach((name, branch) -> forward.put(prefix + name, List.of(branch)));
            forward.put(prefix + "boxes", List.of(output.boxes()));
            forward.put(prefix + "logits", List.of(output.logits()));
        }
        List<String> names = new ArrayList<>(forward.keySet());
        for (int i = names.size() - 1; i >= 0; i--) {
            places.put(names.get(i), forward.getOrDefault(names.get(i), List.of()));
        }
    }

    Signals signals() {
        Map<String, Map<String, List<Tensor>>> arrived = new LinkedHashMap<>();
        places.keySet().forEach(place -> arrived.put(place, new LinkedHashMap<>()));
        for (Contribution contribution : contributions) {
            String component = contribution.values().keySet().iterator().next();
            follow(contribution)
                    .forEach((place, gradient) ->
                            arrived.getOrDefault(place, new LinkedHashMap<>()).put(component, gradient));
        }
        Map<String, Map<String, Double>> norms = new LinkedHashMap<>();
        Map<String, List<Cosine>> cosines = new LinkedHashMap<>();
        arrived.forEach((place, gradients) -> {
            Map<String, Double> own = new LinkedHashMap<>();
            gradients.forEach((component, gradient) -> own.put(component, Math.sqrt(dot(gradient, gradient))));
            norms.put(place, own);
            cosines.put(place, cosines(gradients, own));
        });
        return new Signals(matched(), norms, cosines);
    }

    /** A component's gradient at every place that it reaches. */
    private Map<String, List<Tensor>> follow(Contribution contribution) {
        List<Tensor> inputs = places.values().stream().flatMap(List::stream).toList();
        // The output's own gradient is what was sent; asked of the engine, it would be the same.
        List<Optional<Tensor>> found =
                Tensor.gradients(List.of(contribution.output()), List.of(contribution.gradient()), inputs);
        Map<String, List<Tensor>> reached = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, List<Tensor>> place : places.entrySet()) {
            List<Tensor> own = new ArrayList<>();
            for (Tensor each : place.getValue()) {
                own.add(found.get(at++).orElseGet(() -> Tensor.zeros(each.shape())));
            }
            if (dot(own, own) > 0) {
                reached.put(place.getKey(), own);
            }
        }
        return reached;
    }

    private static double dot(List<Tensor> a, List<Tensor> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += a.get(i).dot(b.get(i));
        }
        return sum;
    }

    private static List<Cosine> cosines(Map<String, List<Tensor>> gradients, Map<String, Double> norms) {
        List<Cosine> cosines = new ArrayList<>();
        List<String> components = List.copyOf(gradients.keySet());
        for (int i = 0; i < components.size(); i++) {
            for (int j = i + 1; j < components.size(); j++) {
                String first = components.get(i);
                String second = components.get(j);
                double product =
                        dot(gradients.getOrDefault(first, List.of()), gradients.getOrDefault(second, List.of()));
                double norm = norms.getOrDefault(first, 0.0) * norms.getOrDefault(second, 0.0);
                cosines.add(new Cosine(first, second, product / norm));
            }
        }
        return cosines;
    }

    private Map<String, Signals.Matched> matched() {
        Map<String, Signals.Matched> all = new LinkedHashMap<>();
        batch.outputs().forEach((name, output) -> all.put(name, matched(output)));
        return all;
    }

    private static Signals.Matched matched(MatchedOutput output) {
        List<Priors> images = output.output().priors().images();
        int levels = images.stream().mapToInt(Priors::levels).max().orElse(0);
        Signals.Matched counts = new Signals.Matched(new long[levels], new long[levels], new long[levels]);
        for (int image = 0; image < images.size(); image++) {
            Assignment assignment = output.assignments().get(image);
            int[] starts = images.get(image).levelStart();
            for (int level = 0; level + 1 < starts.length; level++) {
                for (int prior = starts[level]; prior < starts[level + 1]; prior++) {
                    boolean ignored = assignment.label()[prior] == Assignment.IGNORE;
                    (ignored ? counts.ignored() : counts.sampled())[level]++;
                    counts.positives()[level] += assignment.object()[prior] >= 0 ? 1 : 0;
                }
            }
        }
        return counts;
    }
}
