package dev.parfocal.core.loss;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Evaluates with generated code, on several threads. */
final class CompiledEvaluator implements Evaluator {

    private final boolean vector;
    private final int threads;
    private final Map<Structure, Prepared> prepared = new HashMap<>();

    private final Map<Set<String>, List<MeanCode>> means = new HashMap<>();

    private record Prepared(KindCode code, List<TileRun> runs) {}

    CompiledEvaluator(boolean vector, int threads) {
        this.vector = vector;
        this.threads = threads;
    }

    @Override
    public Evaluation evaluate(Call call) {
        Census census = Counting.count(call, threads);
        Division division = Division.of(call, census);
        Structure structure = Structure.of(call, division);
        Prepared ready = prepared.computeIfAbsent(structure, key -> new Prepared(code(call, key), new ArrayList<>()));
        while (ready.runs().size() < threads) {
            ready.runs().add(ready.code().run(call, division));
        }
        ready.runs().forEach(run -> run.begin(call, division));
        Sweep sweep = ready.code().sweep(call, threads);
        StatisticsRun statistics = call.options().statistics() ? new StatisticsRun(call, sweep) : null;
        double sum = sweep.sum(call.batch().elements(), (worker, from, to) -> {
            double tile = ready.runs().get(worker).tile(from, to);
            if (statistics != null) {
                statistics.tile(worker, from, to);
            }
            return tile;
        });
        double value = call.options().scale() * sum / division.normalizer();
        return new Evaluation(
                value,
                sum,
                division.normalizer(),
                positives(call, census, ready),
                statistics == null ? null : statistics.total());
    }

    /** A dense batch's positives are counted on the way; those of the others the census knows. */
    private static long positives(Call call, Census census, Prepared ready) {
        return call.batch() instanceof Batch.Dense
                ? ready.runs().stream().mapToLong(TileRun::positives).sum()
                : census.positives();
    }

    private KindCode code(Call call, Structure structure) {
        return switch (call.loss().kind()) {
            case POINTWISE -> new PointwiseCode(call.loss(), structure, vector);
            case ROW -> new RowCode(call.loss(), structure, vector);
            case BOX -> new BoxCode(call.loss(), structure, vector);
        };
    }

    @Override
    public double[] means(Call call) {
        List<MeanCode> codes = means.computeIfAbsent(
                Set.copyOf(call.options().arguments().keySet()),
                arguments -> call.loss().states().stream()
                        .map(state -> new MeanCode(call, state, vector))
                        .toList());
        return codes.stream().mapToDouble(code -> code.of(call, threads)).toArray();
    }

    @Override
    public boolean isWarm() {
        return means.values().stream().flatMap(List::stream).allMatch(MeanCode::isWarm)
                && prepared.values().stream().allMatch(each -> each.code().isWarm());
    }

    @Override
    public int compilations() {
        return prepared.size();
    }
}
