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
import dev.parfocal.training.classes.ByName;
import dev.parfocal.training.classes.ClassWeights;
import dev.parfocal.training.model.OutputSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A configured loss, ready to be evaluated.
 *
 * @param name of the component, as reports and settings call it
 * @param classWeights of the logits' columns; null: all the same
 */
public record Component(
        String name,
        LossComponent config,
        LossFunction function,
        @Nullable Floats classWeights) {

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
        Loss loss = resolve(key, config, kinds);
        GivenNumbers.check(key, config.loss(), loss);
        if (config.isOfClasses()) {
            throw new ParfocalException(
                    key + ": perClass, classWeights and smoothing are for losses on classes, which this is not");
        }
        return new Component(name, config, LossFunction.of(rowLength > 0 ? loss.withRowLength(rowLength) : loss), null);
    }

    /**
     * A loss on the classes of an output.
     *
     * @param columns what the columns of its logits are
     * @param classCount of the data
     * @throws ParfocalException likewise, or if what it says of single classes does not fit them
     */
    static Component ofClasses(
            String name, String key, LossComponent config, Kind kind, OutputSpec.Columns columns, int classCount) {
        boolean background = columns == OutputSpec.Columns.BACKGROUND_AND_CLASSES;
        int rowLength = kind == Kind.ROW ? classCount + (background ? 1 : 0) : 0;
        LossComponent plain = new LossComponent(
                config.loss(), config.set(), config.weight(), config.target(), config.divide(), config.weighting());
        Component component = of(name, key, plain, kind, rowLength);
        if (!config.isOfClasses()) {
            return component;
        }
        if (columns == OutputSpec.Columns.OBJECT
                && (config.classWeights() != null || !config.perClass().isEmpty())) {
            throw new ParfocalException(key + ": this output tells objects from the background and no classes apart:"
                    + " classWeights and perClass belong to an output that does");
        }
        Loss loss = component.loss();
        if (config.smoothing() != null
                && !loss.takesSmoothing()
                && loss.smoothingParameter().isEmpty()) {
            throw new ParfocalException(key + ".smoothing: " + config.loss()
                    + " has neither one target in [0, 1], which label smoothing changes, nor a parameter 'smoothing'");
        }
        for (Map.Entry<String, Map<String, Double>> parameter :
                config.perClass().entrySet()) {
            String path = key + ".perClass." + parameter.getKey();
            double other = background ? loss.parameter(parameter.getKey()) : Double.NaN;
            loss = loss.withPerClass(parameter.getKey(), ByName.columns(path, parameter.getValue(), classCount, other));
        }
        ClassWeights weights = config.classWeights();
        List<Double> byColumn = weights == null
                ? List.of()
                : ByName.columns(key + ".classWeights", weights.named(), classCount, background ? 1 : Double.NaN);
        return new Component(name, config, LossFunction.of(loss), byColumn.isEmpty() ? null : floats(byColumn));
    }

    private static Floats floats(List<Double> numbers) {
        float[] narrow = new float[numbers.size()];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = numbers.get(i).floatValue();
        }
        return Floats.of(narrow);
    }

    /** Whether what an element costs depends on its class. */
    boolean isPerClass() {
        return classWeights != null || !loss().perClass().isEmpty();
    }

    /** The same for a role that has one target for each number and nothing else. */
    public static Component ofNumbers(String name, String key, LossComponent config) {
        Component component = of(name, key, config, Kind.POINTWISE, 0);
        GivenNumbers.checkTargetAlone(key, config.loss(), component.loss());
        return component;
    }

    /**
     * The loss that a component names, with its parameters set.
     *
     * @param key of the configuration that names the loss, for messages
     * @param kinds that its role takes
     * @throws ParfocalException if there is no such loss, or it is of another kind
     */
    static Loss resolve(String key, LossComponent config, List<Kind> kinds) {
        Loss loss = resolve(config);
        if (!kinds.contains(loss.kind())) {
            String takes = kinds.stream().map(Kind::toString).collect(Collectors.joining(" or "));
            throw new ParfocalException(
                    key + " needs a loss of kind " + takes + ", but " + config.loss() + " is of kind " + loss.kind());
        }
        return loss;
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
     * Value and gradient, both times the component's weight in this step, of rows of an output or of whole images.
     *
     * @throws NonFiniteLossException if either is not finite
     */
    public Evaluation evaluate(
            Batch batch, Normalizer normalizer, Weights weights, Floats gradient, StepSettings settings) {
        Options options = options(normalizer, weights, settings)
                .withScale(config.weight() * settings.weight(name))
                .withStatistics(settings.statistics() && batch.kind() == Kind.POINTWISE);
        return LossGuard.evaluate(name, function, batch, options, gradient);
    }

    /**
     * The same of rows or boxes that were gathered.
     *
     * @throws NonFiniteLossException if either is not finite; its culprit's anchor is then the row's number in the batch
     */
    Evaluation evaluate(
            Batch batch,
            Normalizer normalizer,
            Weights weights,
            Floats gradient,
            StepSettings settings,
            GatheredRows from) {
        try {
            return evaluate(batch, normalizer, weights, gradient, settings);
        } catch (NonFiniteLossException e) {
            throw from.named(e, batch);
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
        Options options =
                Options.of(normalizer).withWeights(classWeights == null ? weights : weights.withClasses(classWeights));
        if (config.smoothing() != null) {
            options = options.withSmoothing(config.smoothing());
        }
        for (Map.Entry<String, Double> argument : settings.arguments(name).entrySet()) {
            options = options.withArgument(argument.getKey(), argument.getValue());
        }
        return options;
    }
}
