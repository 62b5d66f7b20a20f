package dev.parfocal.tune.study;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.space.Space;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A search for the best point: ask for a trial, do it, tell what came of it. Several threads and programs may work on one
 * study at once; a program that dies loses nothing but the time of its running trials, which the next one to ask gets.
 */
public final class Study implements AutoCloseable {

    private final Definition definition;
    private final Sampler sampler;
    private final Pruner pruner;
    private final EventLog log;
    private final Ledger ledger;
    /** This program's number among those that took part; -1 until it asks. */
    private int worker = -1;

    private Study(Definition definition, Sampler sampler, Pruner pruner, EventLog log) {
        this.definition = definition;
        this.sampler = sampler;
        this.pruner = pruner;
        this.log = log;
        ledger = new Ledger(definition);
    }

    /** A study that nobody else sees and that ends with the program. */
    public static Study inMemory(Definition definition, Sampler sampler, Pruner pruner) {
        return new Study(definition, sampler, pruner, new EventLog.InMemory());
    }

    /**
     * The study whose journal is a file: goes on with it, or begins it.
     *
     * @throws ParfocalException if the file is the journal of another study, or cannot be read
     */
    public static Study open(Path journal, Definition definition, Sampler sampler, Pruner pruner) {
        Study study = new Study(definition, sampler, pruner, Journal.open(journal));
        try {
            study.alone(() -> {
                if (!study.ledger.started()) {
                    study.append(new Event.Started(Ledger.VERSION, definition.described()));
                }
                return study;
            });
            return study;
        } catch (RuntimeException e) {
            study.close();
            throw e;
        }
    }

    /**
     * What the journal of a study tells, without taking part in it.
     *
     * @param space reads the space from its text
     * @throws ParfocalException if there is no journal, or it cannot be read
     */
    public static History read(Path journal, Function<String, Space> space) {
        if (!Files.isRegularFile(journal)) {
            throw new ParfocalException(journal + " does not exist: this is not the folder of a study");
        }
        Journal log = Journal.open(journal);
        try {
            return log.alone(() -> history(journal, log.news(), space));
        } finally {
            log.close();
        }
    }

    private static History history(Path journal, List<Event> events, Function<String, Space> space) {
        if (events.isEmpty() || !(events.get(0) instanceof Event.Started started)) {
            throw new ParfocalException(journal + " is empty: the study has not begun");
        }
        Ledger ledger = new Ledger(Definition.of(started.definition(), space));
        events.forEach(ledger::apply);
        return ledger.history();
    }

    /** What the study knows now. */
    public History history() {
        return alone(ledger::history);
    }

    /**
     * The next trial to do: one whose worker died, else a new one as long as there are fewer than {@code most}.
     *
     * @return empty if all trials are asked for
     */
    public Optional<Trial> ask(int most) {
        return alone(() -> {
            join();
            Optional<Trial> orphan = ledger.trials().stream()
                    .filter(trial -> trial.state() == State.RUNNING && !log.lives(trial.worker()))
                    .findFirst();
            if (orphan.isPresent()) {
                append(new Event.Adopted(orphan.get().number(), worker));
                return Optional.of(ledger.trial(orphan.get().number()));
            }
            return ledger.trials().size() < most ? Optional.of(begin()) : Optional.empty();
        });
    }

    private void join() {
        if (worker < 0) {
            worker = ledger.workers();
            log.join(worker);
            append(new Event.Joined(worker));
        }
    }

    private Trial begin() {
        int number = ledger.trials().size();
        Suggestion next = sampler.suggest(ledger.history(), random(number));
        append(new Event.Asked(number, worker, definition.space().shown(next.point()), next.notes()));
        return ledger.trial(number);
    }

    /** Numbers that depend on the seed and the trial alone. */
    private SplittableRandom random(int trial) {
        SplittableRandom seeds = new SplittableRandom(definition.seed());
        return new SplittableRandom(seeds.nextLong() + 0x9E3779B97F4A7C15L * trial).split();
    }

    /**
     * Notes an intermediate value of the first metric; one that is not finite is left out.
     *
     * @param step ascending within a trial, as epochs are
     * @return whether to give the trial up: then call {@link #prune}
     */
    public boolean report(int trial, int step, double value) {
        return alone(() -> {
            if (!Double.isFinite(value) || ledger.trial(trial).state() != State.RUNNING) {
                return false;
            }
            append(new Event.Reported(trial, step, value));
            return pruner.prunes(ledger.history(), ledger.trial(trial));
        });
    }

    /**
     * Ends a trial with what it achieved. If a metric of the study is missing or not finite, the trial has failed.
     *
     * @param metrics the study's, and any others worth keeping
     * @param seconds it took
     */
    public void tell(int trial, Map<String, Double> metrics, double seconds) {
        Map<String, Double> finite = new LinkedHashMap<>(metrics);
        finite.values().removeIf(value -> !Double.isFinite(value));
        Optional<Metric> missing = definition.metrics().stream()
                .filter(metric -> !finite.containsKey(metric.name()))
                .findFirst();
        end(
                trial,
                missing.<Event>map(metric ->
                                new Event.Failed(trial, metric.name() + " is " + metrics.get(metric.name()), seconds))
                        .orElseGet(() -> new Event.Told(trial, finite, seconds)));
    }

    /** Ends a trial that was given up. */
    public void prune(int trial, double seconds) {
        end(trial, new Event.Pruned(trial, seconds));
    }

    /** Ends a trial that has no metrics. */
    public void fail(int trial, String reason, double seconds) {
        end(trial, new Event.Failed(trial, reason, seconds));
    }

    /** The first end of a trial counts. */
    private void end(int trial, Event event) {
        alone(() -> {
            if (ledger.trial(trial).state() == State.RUNNING) {
                append(event);
            }
            return trial;
        });
    }

    private void append(Event event) {
        log.append(event);
        ledger.apply(event);
    }

    private synchronized <T> T alone(Supplier<T> task) {
        return log.alone(() -> {
            log.news().forEach(ledger::apply);
            return task.get();
        });
    }

    /** Lets go of the journal; trials that still run are anybody's. */
    @Override
    public void close() {
        log.close();
    }
}
