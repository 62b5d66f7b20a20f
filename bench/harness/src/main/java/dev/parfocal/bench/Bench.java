package dev.parfocal.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * One process of the benchmark: ours and one engine's contestants, case by case.
 *
 * <p>Options: {@code --out FILE}, {@code --allocator tuned|default} (what the process was started with; a label),
 * {@code --cases focal_sparse,dfl} (all if absent), {@code --budget SECONDS} of timed rounds for each case,
 * {@code --rounds N} that are timed at least, {@code --warm-up SECONDS} before them for each case.
 */
public final class Bench {

    private Bench() {}

    /** Runs a process; an engine's module calls it from its main method. */
    public static void run(String process, Supplier<Rivals> engine, String[] arguments) throws IOException {
        List<String> options = Arrays.asList(arguments);
        Path out = Path.of(option(options, "--out", "results.jsonl"));
        String allocator = option(options, "--allocator", "default");
        Race race = new Race(
                Double.parseDouble(option(options, "--warm-up", "2")),
                Double.parseDouble(option(options, "--budget", "2")),
                Integer.parseInt(option(options, "--rounds", "4")),
                allocator.equals("default"));
        double load = Machine.loadAverage();
        Inputs inputs = Inputs.create();
        Rivals rivals = engine.get();
        for (Case subject : cases(option(options, "--cases", ""))) {
            List<Contestant> contestants = new ArrayList<>(Ours.contestants(subject, inputs));
            contestants.addAll(rivals.contestants(subject, inputs));
            if (subject == Case.FOCAL_SPARSE) {
                contestants.add(Copy.of(inputs.logits(), 1));
                contestants.add(Copy.of(inputs.logits(), 2));
            }
            List<Row> rows = race.run(process, allocator, subject, contestants);
            rows.forEach(Bench::print);
            Results.append(out, rows);
            // Direct memory and tensors of this case go when the collector finds them; the next case needs the room.
            System.gc();
        }
        Results.append(out, Machine.now(process + ", " + allocator, rivals.engine(), load));
    }

    private static void print(Row row) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %-8s %-18s %-48s median %9.3f ms  best %9.3f ms  (%d)%n",
                row.process(),
                row.allocator(),
                row.subject(),
                row.label(),
                row.median(),
                row.best(),
                row.rounds());
    }

    private static List<Case> cases(String names) {
        return names.isEmpty()
                ? List.of(Case.values())
                : Arrays.stream(names.split(","))
                        .map(name -> Case.valueOf(name.toUpperCase(Locale.ROOT)))
                        .toList();
    }

    private static String option(List<String> options, String name, String otherwise) {
        int at = options.indexOf(name);
        return at < 0 ? otherwise : options.get(at + 1);
    }
}
