package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A loss that can be evaluated: value and gradient in one pass over the predictions, which are read in place.
 *
 * <p>Value and gradient have the same bits for any number of threads, and for {@link Backend#SCALAR} as for {@link
 * Backend#VECTOR}. NaN in the predictions gives NaN; NaN in what is given is refused. One caller at a time.
 */
public final class LossFunction {

    /** Evaluations after the last code has come, in which the virtual machine compiles what calls it. */
    private static final int SETTLING = 300;

    private static final long PAUSE = 1_000_000;

    private final Loss loss;
    private final Evaluator evaluator;
    private final Map<String, Double> state = new LinkedHashMap<>();
    private final Map<String, Floats> perClass = new LinkedHashMap<>();

    private LossFunction(Loss loss, Evaluator evaluator) {
        this.loss = loss;
        this.evaluator = evaluator;
        loss.states().forEach(each -> state.put(each.name(), loss.parameter(each.name())));
        loss.perClass().forEach((name, numbers) -> perClass.put(name, floats(numbers)));
    }

    private static Floats floats(List<Double> numbers) {
        float[] narrow = new float[numbers.size()];
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = numbers.get(i).floatValue();
        }
        return Floats.of(narrow);
    }

    /** On the best backend of this Java and all its processors. */
    public static LossFunction of(Loss loss) {
        return of(loss, Backend.best(), Runtime.getRuntime().availableProcessors());
    }

    /**
     * On a backend of the caller's choice.
     *
     * @param threads how many threads share the work, the caller's among them; at least 1
     */
    public static LossFunction of(Loss loss, Backend backend, int threads) {
        if (threads < 1) {
            throw new ParfocalException("a loss needs 1 thread or more, not " + threads);
        }
        Evaluator evaluator = backend == Backend.REFERENCE
                ? new ReferenceEvaluator()
                : new CompiledEvaluator(backend == Backend.VECTOR, threads);
        return new LossFunction(loss, evaluator);
    }

    public Loss loss() {
        return loss;
    }

    /**
     * Evaluates the loss and writes its gradient.
     *
     * @param batch predictions and targets, of the kind of the loss
     * @param options normaliser, weights, scale, arguments
     * @param gradient where d(value)/d(predicted) is written, all of it; of the predictions' size, and not the same memory
     * @throws ParfocalException if sizes do not match, a class index or a target is outside its range, or a target is NaN
     */
    public Evaluation evaluate(Batch batch, Options options, Floats gradient) {
        Call call = Call.of(loss, batch, withOwn(options), gradient);
        Evaluation evaluation = evaluator.evaluate(call);
        if (!state.isEmpty() && options.movesState()) {
            double[] means = evaluator.means(call);
            List<State> states = loss.states();
            for (int i = 0; i < means.length; i++) {
                State each = states.get(i);
                state.put(each.name(), each.next(state.getOrDefault(each.name(), each.initialValue()), means[i]));
            }
        }
        return evaluation;
    }

    /** The options with what the loss keeps, and with its values for each class, where a call brings none of its own. */
    private Options withOwn(Options options) {
        Options all = options;
        if (options.smoothing() != 0 && loss.smoothingParameter().isPresent()) {
            all = all.withArgument(loss.smoothingParameter().get(), options.smoothing())
                    .withSmoothing(0);
        }
        for (Map.Entry<String, Double> each : state.entrySet()) {
            if (!options.arguments().containsKey(each.getKey())) {
                all = all.withArgument(each.getKey(), each.getValue());
            }
        }
        for (Map.Entry<String, Floats> each : perClass.entrySet()) {
            boolean isCalled = options.arguments().containsKey(each.getKey())
                    || options.perClass().containsKey(each.getKey());
            all = isCalled ? all : all.withPerClass(each.getKey(), each.getValue());
        }
        return all;
    }

    /**
     * What the loss keeps between batches, by name: part of a training run's checkpoint. Each evaluation moves it on, unless
     * its options say otherwise.
     */
    public Map<String, Double> state() {
        return new LinkedHashMap<>(state);
    }

    /**
     * Takes back what {@link #state} gave.
     *
     * @throws ParfocalException if the loss keeps no such number, or it is outside its range
     */
    public void restore(Map<String, Double> values) {
        values.forEach((name, value) -> {
            if (!state.containsKey(name)) {
                throw new ParfocalException(
                        "the loss " + loss.name() + " keeps no number '" + name + "' between batches; it" + " keeps "
                                + (state.isEmpty() ? "none" : String.join(", ", state.keySet())));
            }
            Parameters.check(loss, name, value);
        });
        state.putAll(values);
    }

    /**
     * How many times code was made so far: once for each combination of parameters that are arguments, smoothing and weights
     * that evaluations had, whatever the values. A parameter that follows a schedule adds none.
     */
    public int compilations() {
        return evaluator.compilations();
    }

    /**
     * Whether the code of all evaluations so far is in its fastest form. With {@link Backend#VECTOR} the first evaluations
     * run on plain code while vector code is compiled in the background, which takes seconds; the results are the same.
     */
    public boolean isWarm() {
        return evaluator.isWarm();
    }

    /**
     * Evaluates a small batch until its code is in its fastest form, so that a large batch of the same form (memory, targets,
     * options) is fast from its first evaluation on. Takes a second or two; without it the first evaluations run on plain
     * code, which is slower but never stalls. A moving average that normalises takes part in each evaluation: pass a new one.
     *
     * @param limit how long to go on at most
     * @return whether the code is in its fastest form
     */
    public boolean warm(Batch small, Options options, Floats gradient, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        for (int settled = 0; settled < SETTLING && System.nanoTime() < end; ) {
            evaluate(small, options.withFixedState(), gradient);
            if (isWarm()) {
                settled++;
            } else {
                LockSupport.parkNanos(PAUSE);
            }
        }
        return isWarm();
    }
}
