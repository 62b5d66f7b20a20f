package dev.parfocal.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns a result file into {@code docs/benchmarks.md}. Losses stand beside wins: every row measured is a row shown. */
public final class Report {

    private static final String OURS = "parfocal";
    private static final double AGREEMENT = 1e-3;
    private static final long MUCH_HEAP = 1 << 20;

    private final Results results;
    private final StringBuilder page = new StringBuilder();

    private Report(Results results) {
        this.results = results;
    }

    /** {@code Report RESULTS.jsonl PAGE.md} */
    public static void main(String[] arguments) throws IOException {
        Files.writeString(Path.of(arguments[1]), of(Results.read(Path.of(arguments[0]))));
    }

    static String of(Results results) {
        Report report = new Report(results);
        report.introduction();
        report.machines();
        report.targets();
        report.firstCalls();
        report.cases();
        return report.page.toString();
    }

    private void introduction() {
        page.append("""
                # Benchmarks

                Written by `bench/run` from `docs/benchmarks.jsonl`; do not edit. Every figure is value *and* gradient, float32, in
                milliseconds: the median and the best of the timed rounds, contestants in turns within one process. The rivals are the
                textbook compositions with the engine's autograd, constants and dense targets prepared beforehand at no cost to them.
                *tuned* is the C allocator at the rivals' best setting (`MALLOC_ARENA_MAX=1 MALLOC_MMAP_MAX_=0
                MALLOC_TRIM_THRESHOLD_=20000000000`), *default* is glibc as it comes. *Heap per call* is Java heap allocated;
                *growth* is what the process grew by during a call, beside the inputs. Our kernels write into a gradient
                that the caller owns; a rival's growth holds its gradient (32 MB for 8 M logits), and is understated where its
                allocator still kept what an earlier call had freed.

                """);
    }

    private void machines() {
        page.append("## Machine\n\n");
        for (Machine machine : results.machines()) {
            page.append("* **").append(machine.process()).append("**: ").append(machine.cpu());
            page.append(", ").append(machine.cores()).append(" cores, ").append(machine.os());
            page.append("; ")
                    .append(machine.jdk())
                    .append(" `")
                    .append(String.join(" ", machine.flags()))
                    .append("`");
            if (!machine.environment().isEmpty()) {
                page.append(" `")
                        .append(String.join(" ", machine.environment()))
                        .append("`");
            }
            page.append("; ").append(machine.engine()).append("; ").append(machine.date());
            page.append(String.format(
                    Locale.ROOT,
                    "; load %.1f → %.1f%n",
                    machine.load().get(0),
                    machine.load().get(1)));
        }
        page.append('\n');
    }

    private void targets() {
        page.append(
                "## Targets\n\nOurs with two threads at its best memory, against the rival at its best, medians.\n\n");
        page.append(Tables.head(List.of("case", "against", "ours", "rival", "promised", "measured", "")));
        for (Target target : Target.all()) {
            best(row -> isIn(target, row) && row.contestant().startsWith(target.rival()))
                    .ifPresent(rival -> best(row -> isIn(target, row) && isOursBeside(rival, row))
                            .ifPresent(ours -> page.append(target(target, ours, rival))));
        }
        page.append('\n');
    }

    private static String target(Target target, Row ours, Row rival) {
        boolean reached = target.reached(ours.median(), rival.median());
        double ratio = target.atMost() ? ours.median() / rival.median() : rival.median() / ours.median();
        return Tables.row(List.of(
                target.subject().title(),
                rival.label() + ", " + rival.allocator(),
                Tables.milliseconds(ours.median()),
                Tables.milliseconds(rival.median()),
                target.promise(),
                Tables.ratio(ratio),
                reached ? "reached" : "**missed**"));
    }

    private static boolean isIn(Target target, Row row) {
        return row.process().equals(target.process()) && row.subject() == target.subject();
    }

    /** In the same JVM as the rival; what goes through an engine is not counted as the kernel. */
    private static boolean isOursBeside(Row rival, Row row) {
        return row.contestant().startsWith(OURS)
                && row.threads() == 2
                && !row.memory().equals("tensor")
                && row.allocator().equals(rival.allocator());
    }

    private Optional<Row> best(Predicate<Row> which) {
        return results.rows().stream().filter(which).min(Comparator.comparingDouble(Row::median));
    }

    private void firstCalls() {
        page.append("## The first call of a fresh JVM\n\nfocal, sparse labels, [100 000, 80].\n\n");
        page.append(Tables.head(
                List.of("", "preparation", "first", "second", "worst after the first", "steady", "first / steady")));
        for (FirstCalls calls : results.firstCalls()) {
            page.append(Tables.row(List.of(
                    calls.backend() + ", " + calls.threads() + " threads",
                    Tables.milliseconds(calls.preparation()),
                    Tables.milliseconds(calls.first()),
                    Tables.milliseconds(calls.second()),
                    Tables.milliseconds(calls.worst()),
                    Tables.milliseconds(calls.steady()),
                    Tables.ratio(calls.first() / calls.steady()))));
        }
        page.append('\n');
    }

    private void cases() {
        page.append("## Everything measured\n");
        for (Case subject : Case.values()) {
            List<Row> rows = results.rows().stream()
                    .filter(row -> row.subject() == subject)
                    .toList();
            if (!rows.isEmpty()) {
                page.append("\n### ").append(subject.title()).append("\n\n");
                page.append(Tables.head(List.of(
                        "process, allocator", "contestant", "median", "best", "rounds", "heap per call", "growth")));
                rows.forEach(row -> page.append(row(row)));
                disagreement(rows).ifPresent(page::append);
                boxing(rows).ifPresent(page::append);
            }
        }
    }

    private static String row(Row row) {
        return Tables.row(List.of(
                row.process() + ", " + row.allocator(),
                row.label(),
                Tables.milliseconds(row.median()),
                Tables.milliseconds(row.best()),
                Integer.toString(row.rounds()),
                Tables.bytes(row.allocated()),
                Tables.bytes(row.peak())));
    }

    /** Names the contestants that did not compute the value of the first of ours. */
    private static Optional<String> disagreement(List<Row> rows) {
        Optional<Row> reference =
                rows.stream().filter(row -> row.contestant().startsWith(OURS)).findFirst();
        List<String> others = new ArrayList<>();
        for (Row row : rows) {
            boolean computes = reference.isPresent() && !row.contestant().startsWith("copy");
            if (computes && !agree(reference.get().value(), row.value())) {
                others.add(row.contestant() + ": " + row.value());
            }
        }
        return others.isEmpty()
                ? Optional.empty()
                : Optional.of("\nThe values disagree. Ours: "
                        + reference.orElseThrow().value() + "; "
                        + String.join("; ", others.stream().distinct().toList()) + "\n");
    }

    /** Names those of ours that allocate too much: their vectors were objects, or their code was still being compiled. */
    private static Optional<String> boxing(List<Row> rows) {
        List<String> ours = rows.stream()
                .filter(row -> row.contestant().startsWith(OURS)
                        && !row.memory().equals("tensor")
                        && row.allocated() > MUCH_HEAP)
                .map(row -> row.process() + ", " + row.allocator() + ": " + row.label())
                .toList();
        return ours.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "\n**More than 1 MB of heap per call**, so not compiled to the end, and these times too long: "
                                + String.join("; ", ours) + "\n");
    }

    private static boolean agree(double a, double b) {
        return Math.abs(a - b) <= AGREEMENT * Math.max(Math.abs(a), Math.abs(b));
    }
}
