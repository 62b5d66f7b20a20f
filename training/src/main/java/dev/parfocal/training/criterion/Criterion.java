package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.balance.Gram;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec.Slot;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.record.Matching;
import dev.parfocal.training.record.Signals;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * The losses of a detector and of any number of further tasks: matches each output with the objects, evaluates every component on
 * predictions read in place, and sends the gradients that its kernels wrote through the engine in one backward pass. The
 * engine never sees a loss.
 *
 * <p>A balance that needs the gradients of the components takes them at the features that all outputs share; the weights
 * behind these receive their gradients as always, those before them follow the balance's sum.
 */
public final class Criterion {
    private static final String STATE = "/";
    private final List<String> classifications;
    private final List<OutputLosses> outputs;
    private final List<Task> tasks = new ArrayList<>();
    private final List<Task> further;
    private final Balance balance;
    private final Gain gain;

    /**
     * A criterion of detection alone, with fixed weights.
     *
     * @param supervision of each output, by its name or a pattern of names
     * @param model whose outputs are supervised
     * @param classCount of the data
     * @throws ParfocalException if a loss is unknown, of the wrong kind, or does not go with the model
     */
    public Criterion(Map<String, Supervision> supervision, GainConfig gain, ModelConfig model, int classCount) {
        this(supervision, gain, model, classCount, List.of(), BalanceConfig.DEFAULT);
    }

    /**
     * A criterion of detection and more.
     *
     * @param more tasks on further outputs of the model
     * @throws ParfocalException if two components have one name, too
     */
    public Criterion(
            Map<String, Supervision> supervision,
            GainConfig gain,
            ModelConfig model,
            int classCount,
            List<? extends Task> more,
            BalanceConfig balance) {
        List<SupervisedOutput> supervised = SupervisedOutput.of(supervision, model.outputs());
        outputs = supervised.stream()
                .map(each -> new OutputLosses(each.slots(), each.supervision(), model.input(), classCount))
                .toList();
        classifications = outputs.stream()
                .flatMap(output -> output.classifications().stream())
                .toList();
        outputs.forEach(output -> tasks.addAll(output.tasks()));
        further = List.copyOf(more);
        tasks.addAll(further);
        requireDifferentNames();
        this.balance = new Balance(balance, tasks);
        this.gain = new Gain(gain, classifications);
    }

    private void requireDifferentNames() {
        long components = tasks.stream().mapToLong(t -> t.losses().size()).sum();
        if (components != losses().size()) {
            throw new ParfocalException("two components of the criterion have the same name: "
                    + tasks.stream().flatMap(t -> t.losses().keySet().stream()).toList());
        }
    }

    /**
     * The losses of detection with their parameters set, by component.
     *
     * @throws ParfocalException if one is unknown, or of a kind that its slot does not take
     */
    public static Map<String, Loss> losses(Map<String, Supervision> supervision, ModelConfig model) {
        Map<String, Loss> losses = new LinkedHashMap<>();
        for (SupervisedOutput output : SupervisedOutput.of(supervision, model.outputs())) {
            Slots slots = output.slots();
            slots.losses().forEach((slot, loss) -> losses.put(slots.component(slot), slots.resolve(slot, loss)));
        }
        return losses;
    }

    /** All its losses with their parameters set, by component. */
    public Map<String, Loss> losses() {
        Map<String, Loss> losses = new LinkedHashMap<>();
        tasks.forEach(task -> losses.putAll(task.losses()));
        return losses;
    }

    /**
     * The probability that each output's classes should start with, by output, from the recipes of its losses. None where a
     * sampler sees to it that background does not outweigh objects.
     */
    public static Map<String, Double> priors(Map<String, Supervision> supervision, ModelConfig model) {
        Map<String, Double> priors = new LinkedHashMap<>();
        for (SupervisedOutput output : SupervisedOutput.of(supervision, model.outputs())) {
            if (output.supervision().sampler() != null) {
                continue;
            }
            output.slots().of(Slot.CLASSES, Slot.CLASSES_OF_OBJECTS).values().stream()
                    .findFirst()
                    .flatMap(loss -> Component.resolve(loss).recipe().prior().stream()
                            .boxed()
                            .findFirst())
                    .ifPresent(prior -> priors.put(output.slots().output(), prior));
        }
        return priors;
    }

    /**
     * What proposals of an image have to learn at an output: its assigner's and sampler's choice.
     *
     * @param seed of what is drawn
     */
    public Assignment match(String output, Priors proposals, List<Annotation> objects, long seed) {
        return outputs.stream()
                .filter(each -> each.name().equals(output))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the output " + output + " is not supervised"))
                .matcher()
                .match(proposals, objects, seed);
    }

    /** The average number of positives of each output's batches so far: part of a checkpoint. */
    public Map<String, Double> averages() {
        Map<String, Double> averages = new LinkedHashMap<>();
        outputs.forEach(output -> averages.put(output.name(), output.average()));
        return averages;
    }

    /** Takes back what {@link #averages} gave. */
    public void restoreAverages(Map<String, Double> averages) {
        outputs.forEach(output -> {
            Double average = averages.get(output.name());
            if (average != null) {
                output.average(average);
            }
        });
    }

    /** What the losses keep between batches, as {@code component/state}: part of a checkpoint. */
    public Map<String, Double> state() {
        Map<String, Double> all = new LinkedHashMap<>();
        components()
                .forEach(component ->
                        component.state().forEach((name, value) -> all.put(component.name() + STATE + name, value)));
        return all;
    }

    /** Takes back what {@link #state} gave. */
    public void restoreState(Map<String, Double> state) {
        for (Component component : components()) {
            Map<String, Double> own = new LinkedHashMap<>();
            component.state().keySet().forEach(name -> {
                Double value = state.get(component.name() + STATE + name);
                if (value != null) {
                    own.put(name, value);
                }
            });
            component.restore(own);
        }
    }

    private List<Component> components() {
        return tasks.stream().flatMap(task -> task.components().stream()).toList();
    }

    /** Evaluates without taking a step: what the losses keep is as it was. */
    private <T> T aside(Supplier<T> task) {
        Map<String, Double> before = state();
        try {
            return task.get();
        } finally {
            restoreState(before);
        }
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
        return backward(prediction, objects, StepSettings.NONE, StepTimer.NONE);
    }

    /**
     * One step's losses; adds their gradients to the model's weights.
     *
     * @param objects of each image, boxes in pixels of the model's input
     * @param settings what schedules say about this step
     * @param timer receives when assignment, losses and backward pass are done
     */
    public LossReport backward(
            Prediction prediction, List<List<Annotation>> objects, StepSettings settings, StepTimer timer) {
        return backward(prediction, objects, settings, timer, (batch, contributions) -> {});
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
            StepTimer timer,
            BiConsumer<MatchedBatch, List<Contribution>> witness) {
        // Decoded boxes are read in place: a scope keeps their memory for as long.
        return Scope.recorded(() -> take(prediction, objects, settings, timer, witness));
    }

    private LossReport take(
            Prediction prediction,
            List<List<Annotation>> objects,
            StepSettings settings,
            StepTimer timer,
            BiConsumer<MatchedBatch, List<Contribution>> witness) {
        measureGain(prediction, objects, settings);
        Map<String, Double> weights = balance.weights();
        StepSettings weighted = settings.times(weights).times(gain.factors());
        MatchedBatch batch = match(prediction, objects, weighted, balance.needsGradients());
        timer.lap("assign");
        List<Contribution> contributions = contributions(batch);
        timer.lap("loss");
        witness.accept(batch, contributions);
        Gram gram = backward(prediction.shared(), contributions);
        LossReport report = report(batch, contributions, weights);
        balance.update(report.evaluations(), weighted, gram);
        outputs.stream()
                .filter(output -> batch.has(output.name()))
                .forEach(output ->
                        output.average(batch.output(output.name()).counts().average()));
        timer.lap("backward");
        return report;
    }

    /**
     * The Euclidean norm of the gradient of each component, with its weight in this step, at the features that all outputs
     * share. No weight receives a gradient, and what was recorded stays: {@link #backward} may follow.
     */
    public Map<String, Double> featureNorms(
            Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        return aside(() -> Scope.recorded(() -> norms(prediction, objects, settings)));
    }

    private Map<String, Double> norms(Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        StepSettings weighted = settings.times(balance.weights()).times(gain.factors());
        MatchedBatch batch = match(prediction, objects, weighted, true);
        List<String> components = List.copyOf(losses().keySet());
        Gram gram = SharedGradients.of(
                        prediction.shared(), components.stream().map(List::of).toList(), contributions(batch))
                .gram();
        Map<String, Double> norms = new LinkedHashMap<>();
        for (int i = 0; i < components.size(); i++) {
            norms.put(components.get(i), gram.norm(i));
        }
        return norms;
    }

    /**
     * How the gradient of each component, with its weight in this step, travels back through the model. No weight receives a
     * gradient, and what was recorded stays: {@link #backward} may follow.
     */
    public Signals signals(Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        return aside(() -> Scope.recorded(() -> {
            StepSettings weighted = settings.times(balance.weights()).times(gain.factors());
            MatchedBatch batch = match(prediction, objects, weighted, true);
            return new SignalTracer(batch, contributions(batch)).signals();
        }));
    }

    /** Measures what is due: each classification loss with its configured weight against all that is not classification. */
    private void measureGain(Prediction prediction, List<List<Annotation>> objects, StepSettings settings) {
        for (String component : gain.due()) {
            StepSettings alone = gain.alone(settings, component).times(balance.weights());
            MatchedBatch batch = match(prediction, objects, alone, true);
            List<String> others = new ArrayList<>(losses().keySet());
            others.removeAll(classifications);
            List<List<String>> units = List.of(List.of(component), others);
            gain.measured(
                    component,
                    aside(() -> SharedGradients.of(prediction.shared(), units, contributions(batch))
                            .gram()));
        }
    }

    private List<Contribution> contributions(MatchedBatch batch) {
        List<Contribution> contributions = new ArrayList<>();
        outputs.stream()
                .filter(output -> batch.has(output.name()))
                .flatMap(output -> output.tasks().stream())
                .forEach(task -> contributions.addAll(task.evaluate(batch)));
        further.forEach(task -> contributions.addAll(task.evaluate(batch)));
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

    private MatchedBatch match(
            Prediction prediction, List<List<Annotation>> objects, StepSettings settings, boolean separate) {
        requireKnown(settings);
        Map<String, MatchedOutput> matched = new LinkedHashMap<>();
        for (OutputLosses each : outputs) {
            Optional<Output> output =
                    each.isSettled() ? prediction.find(each.name()) : Optional.of(prediction.output(each.name()));
            output.ifPresent(
                    found -> matched.put(each.name(), each.matcher().match(found, objects, settings, each.average())));
        }
        return new MatchedBatch(prediction, objects, matched, settings, separate);
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

    private LossReport report(MatchedBatch batch, List<Contribution> contributions, Map<String, Double> weights) {
        Map<String, Evaluation> evaluations = new LinkedHashMap<>();
        contributions.forEach(c -> evaluations.putAll(c.values()));
        MatchedOutput result = batch.result();
        return new LossReport(
                evaluations,
                weights,
                gain.measured(),
                Matching.of(result.output().priors().images(), batch.objects(), result.assignments()));
    }
}
