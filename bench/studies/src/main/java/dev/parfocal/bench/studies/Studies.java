package dev.parfocal.bench.studies;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes {@code docs/studies.md} from the runs of {@code scripts/studies.sh}: every study that was run is a row, whatever
 * came out.
 */
public final class Studies {

    private static final List<String> HEAD = List.of(
            "technique",
            "AP without",
            "AP with",
            "difference",
            "AP50 without",
            "AP50 with",
            "step without, ms",
            "with");

    private final Path runs;
    private final StringBuilder page = new StringBuilder();
    private final AnswersTable answers = new AnswersTable();

    private Studies(Path runs) {
        this.runs = runs;
    }

    /** {@code Studies RUNS PAGE.md}: a folder with {@code studies.tsv}, {@code about.md} and {@code NAME/SEED} runs. */
    public static void main(String[] arguments) throws IOException {
        Path runs = Path.of(arguments[0]);
        Files.writeString(Path.of(arguments[1]), page(runs, Files.readString(runs.resolve("about.md"))));
    }

    static String page(Path runs, String about) throws IOException {
        Studies studies = new Studies(runs);
        studies.page.append(about.strip()).append('\n');
        String section = "";
        for (Study study : Study.read(runs.resolve("studies.tsv"))) {
            if (!study.section().equals(section)) {
                section = study.section();
                studies.page.append("\n## ").append(section).append("\n\n").append(head());
            }
            studies.page.append(studies.row(study));
        }
        return studies.page.append(studies.answers.text()).toString();
    }

    private static String head() {
        return row(HEAD) + "|" + "---|".repeat(HEAD.size()) + "\n";
    }

    private String row(Study study) throws IOException {
        Outcomes without = Outcomes.read(runs.resolve(study.without()));
        Outcomes with = Outcomes.read(runs.resolve(study.with()));
        answers.add(study.without(), without);
        answers.add(study.with(), with);
        return row(List.of(
                study.title() + ": " + link(study.with()) + " against " + link(study.without()),
                without.shown(Outcome::ap),
                with.shown(Outcome::ap),
                with.differenceTo(without, Outcome::ap),
                without.shown(Outcome::ap50),
                with.shown(Outcome::ap50),
                without.milliseconds(),
                with.milliseconds()));
    }

    private static String link(String name) {
        return "[" + name + "](../scripts/studies/" + name + ".yaml)";
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }
}
