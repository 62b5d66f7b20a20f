package dev.parfocal.tune.sampler;

import dev.parfocal.tune.pareto.Ranking;
import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.Sampler;
import dev.parfocal.tune.study.Suggestion;
import dev.parfocal.tune.study.Trial;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * CMA-ES (Hansen: The CMA Evolution Strategy, A Tutorial, arXiv 1604.00772, 2016) on the unit cube. Its state is rebuilt
 * from the trials, which carry the number of their generation.
 *
 * <p>It moves variables that are numbers and always count; options and conditional variables are drawn at random. A place
 * outside the cube is moved to its face.
 */
public final class CmaSampler implements Sampler {
    private static final String GENERATION = "generation";

    @Override
    public Suggestion suggest(History history, RandomGenerator random) {
        Space space = history.space();
        int[] moved = IntStream.range(0, space.variables().size())
                .filter(i -> moves(space.variables().get(i)))
                .toArray();
        double[] place = random.doubles(space.variables().size()).toArray();
        if (moved.length == 0) {
            return new Suggestion(space.fromUnit(place));
        }
        Evolution evolution = new Evolution(moved.length);
        int generation = 0;
        List<Trial> born = born(history, generation);
        while (born.size() >= evolution.population()) {
            List<Trial> ranked = Ranking.ranked(history, born.subList(0, evolution.population()));
            evolution.advance(ranked.stream()
                    .map(trial -> pick(space.toUnit(trial.point()), moved))
                    .toList());
            born = born(history, ++generation);
        }
        double[] drawn = evolution.draw(random);
        for (int i = 0; i < moved.length; i++) {
            place[moved[i]] = drawn[i];
        }
        return new Suggestion(space.fromUnit(place), Map.of(GENERATION, Integer.toString(generation)));
    }

    private static boolean moves(Variable variable) {
        return variable.condition() == null && !(variable.domain() instanceof Choice);
    }

    /** The ended trials of a generation, in the order of ending. */
    private static List<Trial> born(History history, int generation) {
        String wanted = Integer.toString(generation);
        return history.ended().stream()
                .filter(trial -> wanted.equals(trial.notes().get(GENERATION)))
                .toList();
    }

    private static double[] pick(double[] all, int[] which) {
        return IntStream.of(which).mapToDouble(i -> all[i]).toArray();
    }
}
