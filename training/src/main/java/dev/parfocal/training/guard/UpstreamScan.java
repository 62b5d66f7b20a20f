package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.MatchedBatch;
import dev.parfocal.training.criterion.Positives;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Prediction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the gradients that the losses send to the model's outputs. Each loss was looked at by itself: what is found here
 * came after it, when the gradient by a box became one by the outputs for its sides, or when several were summed up.
 */
final class UpstreamScan {
    private final BatchNames names;
    private final ModelConfig model;
    private @Nullable Finding finding;

    UpstreamScan(BatchNames names, ModelConfig model) {
        this.names = names;
        this.model = model;
    }

    /**
     * Numbers of the model, and how places in them are called.
     *
     * @param output they belong to; null: to whole images
     */
    private record Numbers(
            String name,
            Tensor values,
            Layout layout,
            @Nullable Output output) {}

    void look(MatchedBatch batch, List<Contribution> contributions) {
        List<String> fine = new ArrayList<>();
        String broken = "";
        for (Numbers numbers : numbers(batch.prediction())) {
            List<Contribution> own = contributions.stream()
                    .filter(c -> c.output() == numbers.values())
                    .toList();
            if (!own.isEmpty() && broken.isEmpty()) {
                broken = broken(numbers, own, batch).orElse("");
                fine.add(numbers.name() + " to " + sum(numbers, own).largest());
            }
        }
        finding = new Finding(
                Stage.UPSTREAM,
                broken.isEmpty(),
                broken.isEmpty() ? "gradients by " + String.join(", ", fine) : broken);
    }

    private RowNames rows(Output output) {
        return new RowNames(names, output.priors(), model.output(output.name()));
    }

    private List<Numbers> numbers(Prediction prediction) {
        List<Numbers> numbers = new ArrayList<>();
        for (Output output : prediction.outputs()) {
            String prefix = prediction.outputs().size() == 1 ? "" : output.name() + "'s ";
            RowNames rows = rows(output);
            numbers.add(new Numbers(prefix + "logits", output.logits(), rows.logits(output.classes()), output));
            numbers.add(new Numbers(prefix + "sides", output.boxes(), rows.boxes(output.code()), output));
            output.branches()
                    .forEach((name, values) -> numbers.add(new Numbers(
                            prefix + "output " + name,
                            values,
                            rows.branch(
                                    (int) values.elements() / output.priors().rows()),
                            output)));
        }
        prediction
                .branches()
                .forEach((name, values) -> numbers.add(new Numbers("output " + name, values, names.answers(), null)));
        return numbers;
    }

    /** The first contribution that is not finite, else their sum. */
    private Optional<String> broken(Numbers numbers, List<Contribution> own, MatchedBatch batch) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        TreeSet<String> all = new TreeSet<>();
        for (Contribution contribution : own) {
            TreeSet<String> components = new TreeSet<>(contribution.values().keySet());
            gradients.put(String.join(" and ", components), contribution.gradient());
            all.addAll(components);
        }
        gradients.putIfAbsent(String.join(" and ", all), sum(numbers, own));
        for (Map.Entry<String, Tensor> gradient : gradients.entrySet()) {
            Optional<NonFinite> found =
                    NonFinite.in(gradient.getValue().onHost().numbers());
            if (found.isPresent()) {
                return found.map(f -> "the gradient of " + gradient.getKey() + " by the " + numbers.name() + " is "
                        + Autopsy.at(f, numbers.layout().place(f.first())) + " ("
                        + there(numbers, f.first(), batch) + ")");
            }
        }
        return Optional.empty();
    }

    private static Tensor sum(Numbers numbers, List<Contribution> own) {
        if (own.size() == 1) {
            return own.get(0).gradient();
        }
        Tensor sum = Tensor.zeros(numbers.values().shape());
        own.forEach(contribution -> sum.add(contribution.gradient(), 1));
        return sum;
    }

    /** The number there, and what its row is to learn. */
    private String there(Numbers numbers, int number, MatchedBatch batch) {
        Tensor values = numbers.values();
        String value =
                "output = " + NonFinite.shown(values.detach().onHost().floats().get(number));
        Output output = numbers.output();
        if (output == null) {
            return value;
        }
        int rows = output.priors().rows();
        int row = (int) (number / (values.elements() / rows));
        Positives positives = batch.output(output.name()).positives();
        return value
                + IntStream.range(0, positives.count())
                        .filter(i -> positives.row()[i] == row)
                        .mapToObj(i -> ", " + rows(output).learnt(batch, positives, i))
                        .findFirst()
                        .orElse(", background");
    }

    /** Empty if the losses were not reached. */
    Optional<Finding> finding() {
        return Optional.ofNullable(finding);
    }
}
