package dev.parfocal.tune.sampler;

import dev.parfocal.tune.pareto.Ranking;
import dev.parfocal.tune.space.Condition;
import dev.parfocal.tune.space.Point;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Suggestion;
import dev.parfocal.tune.study.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The tree-structured Parzen estimator (Bergstra et al., NeurIPS 2011 and ICML 2013; details as Watanabe 2023 found them
 * best): of the points that the density of good trials proposes, the one at which that of the other trials is lowest
 * beside it.
 *
 * <p>Variables with the same condition are drawn jointly, from the trials in which they count. Failed trials and those
 * still running count among the others, so that the search keeps away from both.
 *
 * @param startup trials that are drawn at random first
 * @param candidates how many proposals are compared
 */
public record TpeSampler(int startup, int candidates) implements Sampler {
    /** Ten at random, then the best of 24 proposals. */
    public static final TpeSampler DEFAULT = new TpeSampler(10, 24);

    private static final double GOOD_SHARE = 0.1;
    private static final int MOST_GOOD = 25;

    @Override
    public Suggestion suggest(History history, RandomGenerator random) {
        if (history.trials().size() < startup) {
            return new RandomSampler().suggest(history, random);
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (List<Variable> group : groups(history)) {
            if (history.space().counts(group.get(0), values)) {
                values.putAll(draw(group, history, random));
            }
        }
        return new Suggestion(inOrder(history, values));
    }

    /** Variables by their condition, those without first, a condition after the variable that it looks at. */
    private static List<List<Variable>> groups(History history) {
        Map<Optional<Condition>, List<Variable>> groups = new LinkedHashMap<>();
        for (Variable variable : history.space().variables()) {
            groups.computeIfAbsent(Optional.ofNullable(variable.condition()), key -> new ArrayList<>())
                    .add(variable);
        }
        return List.copyOf(groups.values());
    }

    private static Point inOrder(History history, Map<String, Double> values) {
        Map<String, Double> ordered = new LinkedHashMap<>();
        for (Variable variable : history.space().variables()) {
            Double value = values.get(variable.name());
            if (value != null) {
                ordered.put(variable.name(), value);
            }
        }
        return new Point(ordered);
    }

    private Map<String, Double> draw(List<Variable> group, History history, RandomGenerator random) {
        String name = group.get(0).name();
        List<Trial> seen = Ranking.ranked(
                history,
                history.ended().stream()
                        .filter(trial -> trial.point().has(name))
                        .toList());
        int good = Math.min(MOST_GOOD, (int) Math.ceil(GOOD_SHARE * seen.size()));
        List<Point> others = new ArrayList<>(points(seen.subList(good, seen.size())));
        history.in(State.RUNNING)
                .map(Trial::point)
                .filter(point -> point.has(name))
                .forEach(others::add);
        Parzen likely = new Parzen(group, points(seen.subList(0, good)));
        Parzen unlikely = new Parzen(group, others);
        Map<String, Double> best = Map.of();
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < candidates; i++) {
            Map<String, Double> candidate = likely.draw(random);
            double ratio = likely.logDensity(candidate) - unlikely.logDensity(candidate);
            if (ratio > highest) {
                highest = ratio;
                best = candidate;
            }
        }
        return best;
    }

    private static List<Point> points(List<Trial> trials) {
        return trials.stream().map(Trial::point).toList();
    }
}
