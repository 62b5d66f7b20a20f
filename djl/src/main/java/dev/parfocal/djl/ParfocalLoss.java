package dev.parfocal.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.schedule.Schedule;
import java.util.Arrays;
import java.util.List;

/**
 * Any Parfocal loss, of the catalogue or of your own text, as a DJL loss.
 *
 * <pre>{@code
 * Loss loss = ParfocalLoss.of(Catalogue.get("varifocal"));
 * TrainingConfig config = new DefaultTrainingConfig(loss);
 * }</pre>
 *
 * <p>Value and gradient come from Parfocal's kernels in one pass over the engine's own memory; DJL's graph sees one inner
 * product. Nothing in it depends on a constant that Java's garbage collector may free, as {@code NDArray op Number} does.
 *
 * <p><b>Shapes.</b> Leading dimensions are whatever the model has; the last one is the loss's.
 *
 * <ul>
 *   <li>pointwise: predictions {@code [..., classes]}; labels of the same shape, one array for each given input; or
 *       sparse: class indexes {@code [...]} (-1 background, -2 ignore) and, if wanted, qualities {@code [...]}
 *   <li>row: predictions {@code [..., bins]}; labels {@code [...]}, one array for each given input
 *   <li>box: predictions {@code [..., 4]}; labels {@code [..., 4]}, x1 y1 x2 y2
 * </ul>
 *
 * <p>Predictions are float32 on the CPU; labels float32 or whole numbers. Anything else is a
 * {@link dev.parfocal.core.ParfocalException} that says what was expected. Several heads: give each loss its arrays with
 * {@link #withHead} and add them up with DJL's {@code SimpleCompositeLoss.addLoss}.
 *
 * <p>Immutable but for the running means that DJL keeps in a loss: {@code with…} makes a new loss with empty ones. Safe
 * for several threads, which take turns.
 */
public final class ParfocalLoss extends ai.djl.training.loss.Loss {

    private final Criterion criterion;
    private final Head head;
    private final Totals totals = new Totals();
    private final Recent recent = new Recent();

    private ParfocalLoss(String name, Criterion criterion, Head head) {
        super(name);
        this.criterion = criterion;
        this.head = head;
    }

    /** On the best backend and all cores, normalised and weighted as the loss's recipe says. */
    public static ParfocalLoss of(Loss loss) {
        return of(loss, LossFunction.of(loss));
    }

    public static ParfocalLoss of(Loss loss, Backend backend, int threads) {
        return of(loss, LossFunction.of(loss, backend, threads));
    }

    private static ParfocalLoss of(Loss loss, LossFunction function) {
        Options options = Options.of(loss.recipe()).withScale(loss.recipe().weight());
        return new ParfocalLoss(
                loss.name(), new Criterion(function, options, false, Course.none(loss), null), Head.ONLY);
    }

    /** Under another name in DJL's metrics. */
    public ParfocalLoss withName(String name) {
        return new ParfocalLoss(name, criterion, head);
    }

    /** Divided by something else than the loss's recipe says. */
    public ParfocalLoss withNormalizer(Normalizer normalizer) {
        return new ParfocalLoss(getName(), criterion.withNormalizer(normalizer), head);
    }

    /** Each image, the predictions' first dimension, by its own positives; then the mean over images. */
    public ParfocalLoss normalizedPerImage() {
        return new ParfocalLoss(getName(), criterion.normalizedPerImage(), head);
    }

    /** Value and gradient times a factor: this loss's weight beside others; 1 is the loss itself. */
    public ParfocalLoss withScale(double scale) {
        return new ParfocalLoss(getName(), criterion.withScale(scale), head);
    }

    /**
     * With another value of one of the loss's parameters, without compiling it anew: for a schedule.
     *
     * @throws dev.parfocal.core.ParfocalException at the first evaluation, if the loss has no such parameter
     */
    public ParfocalLoss withArgument(String parameter, double value) {
        return new ParfocalLoss(getName(), criterion.withArgument(parameter, value), head);
    }

    /**
     * With a value of one of the loss's parameters for each class, {@code param alpha[class]} in its text.
     *
     * @param values in the order of the predictions' classes
     * @throws dev.parfocal.core.ParfocalException at the first evaluation, if the loss has no such parameter, a value is
     *     outside its range, or there are not as many as classes
     */
    public ParfocalLoss withPerClass(String parameter, float... values) {
        return new ParfocalLoss(getName(), criterion.withPerClass(parameter, Floats.of(values.clone())), head);
    }

    /**
     * With a weight for each class: of a pointwise loss it is a factor of all elements of the class, of a row loss one of the
     * rows that have the class for their label.
     *
     * @param weights in the order of the predictions' classes, or of a row's logits
     */
    public ParfocalLoss withClassWeights(float... weights) {
        return new ParfocalLoss(getName(), criterion.withClassWeights(Floats.of(weights.clone())), head);
    }

    /**
     * With label smoothing: a target t becomes t * (1 - share) + share / 2. For pointwise losses with one target in [0, 1].
     *
     * @param share in [0, 1)
     */
    public ParfocalLoss withSmoothing(double share) {
        return new ParfocalLoss(getName(), criterion.withSmoothing(share), head);
    }

    /**
     * With one of the loss's parameters following a schedule, without compiling anything at any step.
     *
     * <pre>{@code
     * StepCounter counter = new StepCounter(steps);
     * loss = loss.withSchedule("gamma", Schedule.parse("linear 0 to 2"), counter);
     * config.addTrainingListeners(counter);
     * }</pre>
     *
     * @param counter the same for all schedules of a loss
     * @throws dev.parfocal.core.ParfocalException if the loss has no such parameter, it has a schedule already, or the
     *     schedule leaves its range
     */
    public ParfocalLoss withSchedule(String parameter, Schedule schedule, StepCounter counter) {
        return new ParfocalLoss(getName(), criterion.withSchedule(parameter, schedule, counter), head);
    }

    /**
     * With an eye on its value and gradient: if one of them is NaN or infinite, {@link #evaluate} throws a {@link
     * dev.parfocal.core.guard.NonFiniteLossException} that names the anchor, the class, the numbers there and the
     * sub-expression of the loss's text that did it, before the gradient reaches any weight. Catch it to skip the batch.
     */
    public ParfocalLoss guarded() {
        return new ParfocalLoss(getName(), criterion.guarded(getName()), head);
    }

    /**
     * For one head of a model with several outputs.
     *
     * @param prediction the place of its predictions in the model's output
     * @param labels the places of its labels among the batch's labels, in the order of the loss's given inputs (sparse:
     *     class indexes, then qualities)
     */
    public ParfocalLoss withHead(int prediction, int... labels) {
        List<Integer> places = Arrays.stream(labels).boxed().toList();
        return new ParfocalLoss(getName(), criterion, new Head(prediction, places, head.weights()));
    }

    /**
     * With weights that come with each batch.
     *
     * @param label the place of the weights among the batch's labels: one for each anchor, row or box {@code [...]}, or,
     *     for a pointwise loss, one for each element {@code [..., classes]}. Weight 0 takes an element out
     */
    public ParfocalLoss withWeights(int label) {
        return new ParfocalLoss(getName(), criterion, head.withWeights(label));
    }

    /**
     * The loss of a batch, a scalar in DJL's graph.
     *
     * @throws dev.parfocal.core.ParfocalException if the arrays do not fit the loss
     */
    @Override
    public NDArray evaluate(NDList labels, NDList predictions) {
        try (NDScope temporaries = new NDScope()) {
            temporaries.suppressNotUsedWarning();
            Criterion.Outcome outcome =
                    criterion.evaluate(head.prediction(predictions), head.given(labels), head.weights(labels));
            NDScope.unregister(outcome.scalar());
            recent.put(head.everything(predictions, labels), outcome.value());
            return outcome.scalar();
        }
    }

    @Override
    public void addAccumulator(String key) {
        totals.start(key);
    }

    /** Adds a batch to running means; a batch that was just evaluated is not evaluated again. */
    @Override
    public void updateAccumulators(String[] keys, NDList labels, NDList predictions) {
        float value =
                (float) recent.find(head.everything(predictions, labels)).orElseGet(() -> valueOf(labels, predictions));
        for (String key : keys) {
            totals.add(key, value);
        }
    }

    private double valueOf(NDList labels, NDList predictions) {
        try (NDArray scalar = evaluate(labels, predictions)) {
            return scalar.getFloat();
        }
    }

    @Override
    public void resetAccumulator(String key) {
        totals.reset(key);
    }

    @Override
    public float getAccumulator(String key) {
        return totals.mean(key);
    }
}
