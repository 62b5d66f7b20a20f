package dev.parfocal.training.guard;

import dev.parfocal.core.guard.Layout;
import dev.parfocal.core.guard.NonFinite;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.training.criterion.Contribution;
import dev.parfocal.training.criterion.Scene;
import dev.parfocal.training.engine.Tensor;
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
    private static final int SIDES = 4;

    private final BatchNames names;
    private @Nullable Finding finding;

    UpstreamScan(BatchNames names) {
        this.names = names;
    }

    /** An output of the model, and how places in it are called. */
    private record Output(String name, Tensor values, Layout layout) {}

    void look(Scene scene, List<Contribution> contributions) {
        List<String> fine = new ArrayList<>();
        String broken = "";
        for (Output output : outputs(scene.prediction())) {
            List<Contribution> own = contributions.stream()
                    .filter(c -> c.output() == output.values())
                    .toList();
            if (!own.isEmpty() && broken.isEmpty()) {
                broken = broken(output, own, scene).orElse("");
                fine.add(output.name() + " to " + sum(output, own).largest());
            }
        }
        finding = new Finding(
                Stage.UPSTREAM,
                broken.isEmpty(),
                broken.isEmpty() ? "gradients by " + String.join(", ", fine) : broken);
    }

    private List<Output> outputs(Prediction prediction) {
        List<Output> outputs = new ArrayList<>();
        Tensor sides = prediction.sides();
        outputs.add(new Output("logits", prediction.logits(), names.logits()));
        outputs.add(new Output("sides", sides, names.sides(sides.size(2) / SIDES)));
        prediction
                .branches()
                .forEach((name, values) -> outputs.add(new Output("output " + name, values, names.branch(values))));
        return outputs;
    }

    /** The first contribution that is not finite, else their sum. */
    private Optional<String> broken(Output output, List<Contribution> own, Scene scene) {
        Map<String, Tensor> gradients = new LinkedHashMap<>();
        TreeSet<String> all = new TreeSet<>();
        for (Contribution contribution : own) {
            TreeSet<String> components = new TreeSet<>(contribution.values().keySet());
            gradients.put(String.join(" and ", components), contribution.gradient());
            all.addAll(components);
        }
        gradients.putIfAbsent(String.join(" and ", all), sum(output, own));
        for (Map.Entry<String, Tensor> gradient : gradients.entrySet()) {
            Optional<NonFinite> found =
                    NonFinite.in(Floats.of(gradient.getValue().bytes()));
            if (found.isPresent()) {
                return found.map(f -> "the gradient of " + gradient.getKey() + " by the " + output.name() + " is "
                        + Autopsy.at(f, output.layout().place(f.first())) + " ("
                        + there(output, f.first(), scene) + ")");
            }
        }
        return Optional.empty();
    }

    private static Tensor sum(Output output, List<Contribution> own) {
        if (own.size() == 1) {
            return own.get(0).gradient();
        }
        Tensor sum = Tensor.zeros(output.values().shape());
        own.forEach(contribution -> sum.add(contribution.gradient(), 1));
        return sum;
    }

    /** The output there, and what the point is to learn. */
    private String there(Output output, int number, Scene scene) {
        Tensor values = output.values();
        String value = "output = " + NonFinite.shown(values.detach().floats().get(number));
        if (values.shape().length < 3) {
            return value;
        }
        int point = number / values.size(2);
        int[] positive = scene.positives().point();
        return value
                + IntStream.range(0, positive.length)
                        .filter(i -> positive[i] == point)
                        .mapToObj(i -> ", " + names.learnt(scene, i))
                        .findFirst()
                        .orElse(", background");
    }

    /** Empty if the losses were not reached. */
    Optional<Finding> finding() {
        return Optional.ofNullable(finding);
    }
}
