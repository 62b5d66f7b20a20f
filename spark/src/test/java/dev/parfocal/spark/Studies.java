package dev.parfocal.spark;

import dev.parfocal.tune.prune.HalvingPruner;
import dev.parfocal.tune.run.Cluster;
import dev.parfocal.tune.run.TimeLimit;
import dev.parfocal.tune.sampler.RandomSampler;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import dev.parfocal.tune.study.Definition;
import dev.parfocal.tune.study.Metric;
import dev.parfocal.tune.study.Pruner;
import dev.parfocal.tune.study.Study;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Toy studies of one variable, x in [0, 100]. */
final class Studies {

    private static final Definition DEFINITION = new Definition(
            new Space(List.of(new Variable("x", new Real(0, 100, Scale.LINEAR)))), List.of(new Metric("AP", true)), 1);

    private Studies() {}

    static Study of(Path folder) {
        return of(folder, Pruner.NEVER);
    }

    static Study pruned(Path folder) {
        return of(folder, new HalvingPruner(1, 2));
    }

    private static Study of(Path folder, Pruner pruner) {
        return Study.open(folder.resolve("journal.jsonl"), DEFINITION, new RandomSampler(), pruner);
    }

    static Cluster.Request request(Path folder, String place, Toy.Manner manner, TimeLimit limit, Path... needs) {
        return new Cluster.Request(
                place, Toy.program(manner, folder), folder, List.of(needs), 1, limit, Map.of(), text -> {});
    }

    /** How many lines of a study's journal end a trial. */
    static long ends(Path folder) throws IOException {
        return Files.readAllLines(folder.resolve("journal.jsonl")).stream()
                .filter(line -> line.matches(".*\"event\":\"(tell|fail|prune)\".*"))
                .count();
    }
}
