package dev.parfocal.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * Times contestants in turns, so that whatever else the machine does hits all of them alike.
 *
 * @param warmUp seconds of rounds before anything is timed: vector kernels are compiled in the background meanwhile
 * @param budget seconds of timed rounds
 * @param fewest rounds that are timed even if they take longer
 * @param peaks whether to measure how much a call grows the process
 */
record Race(double warmUp, double budget, int fewest, boolean peaks) {

    private static final int MOST = 60;

    List<Row> run(String process, String allocator, Case subject, List<Contestant> contestants) {
        warm(contestants);
        List<Timing> timings = contestants.stream().map(c -> new Timing()).toList();
        long end = System.nanoTime() + (long) (budget * 1e9);
        for (int round = 0; round < fewest || round < MOST && System.nanoTime() < end; round++) {
            for (int i = 0; i < contestants.size(); i++) {
                timings.get(i).time(contestants.get(i).call());
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            rows.add(row(process, allocator, subject, contestants.get(i), timings.get(i)));
        }
        return rows;
    }

    private void warm(List<Contestant> contestants) {
        long end = System.nanoTime() + (long) (warmUp * 1e9);
        do {
            contestants.forEach(contestant -> contestant.call().run());
        } while (System.nanoTime() < end);
    }

    private Row row(String process, String allocator, Case subject, Contestant contestant, Timing timing) {
        long before = Memory.allocated();
        contestant.call().run();
        long allocated = Memory.allocated() - before;
        return new Row(
                process,
                allocator,
                subject,
                contestant.name(),
                contestant.threads(),
                contestant.memory(),
                timing.median(),
                timing.best(),
                timing.count(),
                allocated,
                peaks ? Memory.peak(contestant.call()) : -1,
                timing.lastValue());
    }
}
