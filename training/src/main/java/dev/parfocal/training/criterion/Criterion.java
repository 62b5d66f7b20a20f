package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.balance.Gram;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.model.SideCode;
import dev.parfocal.training.record.Matching;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The losses of a detector and of any number of further tasks: assigns points to objects, evaluates every component on
 * predictions read in place, and sends the gradients that its kernels wrote through the engine in one backward pass. The
 * engine never sees a loss.
 *
 * <p>A balance that needs the gradients of the components takes them at the features that all outputs share; the weights
 * behind these receive their gradients as always, those before them follow the balance's sum.
 */
public final class Criterion {
    private final List<String> classifications;
    private final Scenes scenes;
    private final List<Task> tasks = new ArrayList<>();
    private final Balance balance;
    private final Gain gain;

    /**
     * A criterion of detection alone, with fixed weights.
     *
     * @param regMax of the model: 0 for plain distances
     * @param points of the model's input size
     * @throws ParfocalException if a loss is unknown, of the wrong kind, or does not go with the model
     */
    public Criterion(LossConfig losses, AssignerConfig assigner, int regMax, Priors points) {
        this(losses, assigner, regMax, points, List.of(), BalanceConfig.DEFAULT);
    }

    /**
     * A criterion of detection and more.
     *
     * @param more tasks on further outputs of the model
     * @throws ParfocalException if two components have one name, too
     */
    public Criterion(
            LossConfig losses,
            AssignerConfig assigner,
            int regMax,
            Priors points,
            List<? extends Task> more,
            BalanceConfig balance) {
        SideCode code = SideCode.of(regMax);
        Classification classification = new Classification(Classification.NAME, losses.classification());
        LossComponent second = losses.successor();
        Classification successor = second == null ? null : new Classification(Classification.SUCCESSOR, second);
        Localization localization = new Localization(losses, code);
        scenes = new Scenes(classification, successor, localization, assigner.assigner(), points, code);
        classifications =
                second == null ? List.of(Classification.NAME) : List.of(Classification.NAME, Classification.SUCCESSOR);
        tasks.add(classification);
        if (successor != null) {
            tasks.add(successor);
        }
        tasks.add(localization);
        tasks.addAll(more);
        requireDifferentNames();
        this.balance = new Balance(balance, tasks);
        gain = new Gain(losses.gain(), classifications);
    }

    private void requireDifferentNames() {
        long components = tasks.stream().mapToLong(t -> t.losses().size()).sum();
        if (components != losses().size()) {
            throw new ParfocalException("two components of the criterion have the same name: "
                    + tasks.stream().flatMap(t -> t.losses().keySet().stream()).toList());
        }
    }

    /** The losses of detection with their parameters set, by component. */
    public static Map<String, Loss> losses(LossConfig config) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        losses.put(Classification.NAME, Component.resolve(config.classification()));
        if (config.successor() != null) {
            losses.put(Classification.SUCCESSOR, Component.resolve(config.successor()));
        }
        losses.put(Localization.BOX, Component.resolve(config.box()));
        if (config.distribution() != null) {
            losses.put(Localization.DISTRIBUTION, Component.resolve(config.distribution()));
        }
        return losses;
    }

    /** All its losses with their parameters set, by component. */
    public Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        tasks.forEach(task -> losses.putAll(task.losses()));
        return losses;
    }

    /** The probability that the class branch should start with, from the classification loss's recipe. */
    public static double prior(LossConfig losses) {
        return Component.resolve(losses.classification()).recipe().prior().orElse(0.5);
    }

    /** What each point is to learn. */
    Scenes scenes() {
        return scenes;
    }

    /** What weights its components against each other. */
    public Balance balance() {
        return balance;
    }

    /** What makes classification as strong as stated. */
    public Gain gain() {
        return gain;
    }

    /**
     * One step's losses as configured; adds their gradients to the model's weights.
     *
     * @param objects of each image, boxes in pixels of the model's input
     */
    public LossReport backward(Prediction prediction, List<List<Annotation>> objects) {
        return backward(prediction, objects, StepSettings.NONE, Laps.NONE);
    }

    /**
     * One step's losses; adds their gradients to the model's weights.
     *
     * @param objects of each image, boxes in pixels of the model's input
     * @param settings what schedules say about this step
     * @param laps is told when assignment, losses and backward pass are done
     */
    public LossReport backward(
            Prediction prediction, List<List<Annotation>> objects, StepSettings settings, Laps laps) {
        return backward(prediction, objects, settings, laps, (scene, contributions) -> {});
    }

    /**
     * The same before a witness.
     *
     * @param witness is shown what the losses send back to the outputs, before the engine's backward pass
     */
    public LossReport backward(
            Prediction prediction,
            List<List<Annotation>> objects,
            StepSettings settings,
            Laps laps,
            BiConsumer<Scene, List<Contribution>> witness) {
        // Decoded boxes are read in place: a scope keeps their memory for as long.
        return Scope.recorded(() -> take(prediction, objects, settings, laps, witness));
    }

    private LossReport take(
            Prediction prediction,
            List<List<Annotation>> objects,
            StepSettings settings,
            Laps laps,
            BiConsumer<Scene, List<Contribution>> witness) {
        measureGain(prediction, objects, settings);
        Map<String, Double> weights = balance.weights();
        StepSettings weighted = settings.times(weights).times(gain.factors());
        Scene scene = scene(prediction, objects, weighted, balance.needsGradients());
        laps.lap("assign");
        List<Contribution> contributions = contributions(scene);
        laps.lap("loss");
        witness.accept(scene, contributions);
        Gram gram = backward(prediction.shared(), contributions);
        LossReport report = report(scene, contributions, weights);
        balance.update(report.evaluations(), weighted, gram);
        laps.lap("backward");
        return report;
    }

    /**
     * The Euclidean norm of the gradient of each component, with its weight in this step, at the features that all outputs
     * share. No weight receives a gradient, and what was recorded stays: {@link #backward} may follow.
     */
    public Map<String, Double> featureNorms(
            Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        return Scope.recorded(() -> norms(prediction, objects, settings));
    }

    private Map<String, Double> norms(Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        StepSettings weighted = settings.times(balance.weights()).times(gain.factors());
        Scene scene = scene(prediction, objects, weighted, true);
        List<String> components = List.copyOf(losses().keySet());
        Gram gram = SharedGradients.of(
                        prediction.shared(), components.stream().map(List::of).toList(), contributions(scene))
                .gram();
        Map<String, Double> norms = new LinkedHashMap<>();
        for (int i = 0; i < components.size(); i++) {
            norms.put(components.get(i), gram.norm(i));
        }
        return norms;
    }

    /** Measures what is due: each classification loss with its configured weight against all that is not classification. */
    private void measureGain(Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        for (String component : gain.due()) {
            StepSettings alone = gain.alone(settings, component).times(balance.weights());
            Scene scene = scene(prediction, objects, alone, true);
            List<String> others = new ArrayList<>(losses().keySet());
            others.removeAll(classifications);
            List<List<String>> units = List.of(List.of(component), others);
            gain.measured(
                    component,
                    SharedGradients.of(prediction.shared(), units, contributions(scene))
                            .gram());
        }
    }

    private List<Contribution> contributions(Scene scene) {
        List<Contribution> contributions = new ArrayList<>();
        tasks.forEach(task -> contributions.addAll(task.evaluate(scene)));
        return contributions;
    }

    private Gram backward(Shared shared, List<Contribution> contributions) {
        List<Tensor> outputs = contributions.stream().map(Contribution::output).toList();
        List<Tensor> gradients =
                contributions.stream().map(Contribution::gradient).toList();
        if (!balance.needsGradients()) {
            Tensor.backward(outputs, gradients);
            return Gram.none();
        }
        SharedGradients units = SharedGradients.of(shared, balance.units().values(), contributions);
        Gram gram = units.gram();
        Tensor.backward(outputs, gradients, shared.after());
        Tensor.backward(shared.features(), units.sum(balance.combine(gram)));
        return gram;
    }

    private Scene scene(
            Prediction prediction, List<List<Annotation>> objects, StepSettings settings, boolean separate) {
        requireKnown(settings);
        return scenes.scene(prediction, objects, settings, separate);
    }

    private void requireKnown(StepSettings settings) {
        Set<String> known = losses().keySet();
        for (Set<String> named :
                List.of(settings.weights().keySet(), settings.arguments().keySet())) {
            if (!known.containsAll(named)) {
                throw new ParfocalException(
                        "a step's settings name components among " + named + ", but the criterion has only " + known);
            }
        }
    }

    private LossReport report(Scene scene, List<Contribution> contributions, Map<String, Double> weights) {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        contributions.forEach(c -> evaluations.putAll(c.values()));
        return new LossReport(
                evaluations,
                weights,
                gain.measured(),
                Matching.of(scenes.points(), scene.objects(), scene.assignments()));
    }
}
