package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.guard.LossGuard;
import dev.parfocal.core.guard.NonFiniteLossException;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A configured loss, ready to be evaluated.
 *
 * @param name of the component, as reports and settings call it
 */
public record Component(String name, LossComponent config, LossFunction function) {

    /**
     * Resolves a configured loss.
     *
     * @param name of the component
     * @param key of the configuration that names the loss, for messages
     * @param kind what the role needs
     * @param rowLength of a row loss, else 0
     * @throws ParfocalException if there is no such loss, or it is of another kind
     */
    public static Component of(String name, String key, LossComponent config, Kind kind, int rowLength) {
        return of(name, key, config, List.of(kind), rowLength);
    }

    /** The same where the role takes losses of several kinds. */
    static Component of(String name, String key, LossComponent config, List<Kind> kinds, int rowLength) {
        Loss loss = resolve(config);
        if (!kinds.contains(loss.kind())) {
            String takes = kinds.stream().map(Kind::toString).collect(Collectors.joining(" or "));
            throw new ParfocalException(
                    key + " needs a loss of kind " + takes + ", but " + config.loss() + " is of kind " + loss.kind());
        }
        GivenNumbers.check(key, config.loss(), loss);
        return new Component(name, config, LossFunction.of(rowLength > 0 ? loss.withRowLength(rowLength) : loss));
    }

    /** The same for a role that has one target for each number and nothing else. */
    public static Component ofNumbers(String name, String key, LossComponent config) {
        Component component = of(name, key, config, Kind.POINTWISE, 0);
        GivenNumbers.checkTargetAlone(key, config.loss(), component.loss());
        return component;
    }

    /** The loss that a component names, with its parameters set. */
    static Loss resolve(LossComponent config) {
        Loss loss = config.loss().endsWith(".loss") ? Loss.read(Path.of(config.loss())) : Catalogue.get(config.loss());
        for (Map.Entry<String, Double> parameter : config.set().entrySet()) {
            loss = loss.with(parameter.getKey(), parameter.getValue());
        }
        return loss;
    }

    /** What the loss keeps between batches, by name. */
    public Map<String, Double> state() {
        return function.state();
    }

    /** Takes back what {@link #state} gave. */
    public void restore(Map<String, Double> state) {
        function.restore(state);
    }

    /** The loss with its parameters set. */
    public Loss loss() {
        return function.loss();
    }

    /**
     * Value and gradient, both times the component's weight in this step.
     *
     * @param points the number in the batch of each row's or box's point: as many as there are, or one for each four rows;
     *     none if anchors are points or images
     * @throws NonFiniteLossException if either is not finite; its culprit's anchor is then the point's number in the batch
     */
    public Evaluation evaluate(
            Batch batch,
            Normalizer normalizer,
            Weights weights,
            Floats gradient,
            StepSettings settings,
            int... points) {
        Options options = options(normalizer, weights, settings)
                .withScale(config.weight() * settings.weight(name))
                .withStatistics(settings.statistics() && batch.kind() == Kind.POINTWISE);
        try {
            return LossGuard.evaluate(name, function, batch, options, gradient);
        } catch (NonFiniteLossException e) {
            throw points.length == 0 ? e : e.ofPoints(points, batch.anchors() / points.length);
        }
    }

    /** The loss of each element times the configured weight; nothing is divided. */
    float[] values(Batch batch, StepSettings settings) {
        float[] values = new float[batch.elements()];
        Options options = options(Normalizer.none(), Weights.none(), settings)
                .withValues(Floats.of(values))
                .withFixedState();
        function.evaluate(batch, options, Floats.of(new float[batch.predicted().length()]));
        for (int i = 0; i < values.length; i++) {
            values[i] *= (float) config.weight();
        }
        return values;
    }

    private Options options(Normalizer normalizer, Weights weights, StepSettings settings) {
        Options options = Options.of(normalizer).withWeights(weights);
        for (Map.Entry<String, Double> argument : settings.arguments(name).entrySet()) {
            options = options.withArgument(argument.getKey(), argument.getValue());
        }
        return options;
    }
}
