package dev.parfocal.cli.report;

import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.TemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the page of a folder, {@code report.html}. */
public final class ReportFile {
    /** What the page is called in its folder. */
    public static final String NAME = "report.html";

    private static final String STYLE = "report.css";

    private ReportFile() {}

    /** Writes the page of a training run. */
    public static Path ofTraining(Path run) throws IOException {
        return write(run, "train.jte", TrainPages.of(run));
    }

    /** Writes the page of a comparison. */
    public static Path ofComparison(Path folder) throws IOException {
        return write(folder, "compare.jte", ComparePages.of(folder));
    }

    /** Writes the page of a search. */
    public static Path ofSearch(Path study) throws IOException {
        return write(study, "tune.jte", TunePages.of(study));
    }

    /** Writes the page of a cross-validation. */
    public static Path ofFolds(Path folder) throws IOException {
        return write(folder, "folds.jte", FoldPages.of(folder));
    }

    /**
     * Writes the page of a folder, whatever it is of.
     *
     * @throws ParfocalException if nothing that has a page was done there
     */
    public static Path write(Path folder) throws IOException {
        if (Files.exists(folder.resolve("metrics.jsonl"))) {
            return ofTraining(folder);
        }
        if (Files.exists(folder.resolve("journal.jsonl"))) {
            return ofSearch(folder);
        }
        if (Files.exists(folder.resolve("folds.csv"))) {
            return ofFolds(folder);
        }
        if (Files.isDirectory(folder.resolve("runs"))) {
            return ofComparison(folder);
        }
        throw new ParfocalException(folder + " has no run, comparison, search or cross-validation: name the folder that"
                + " was given as --out");
    }

    private static Path write(Path folder, String template, Object page) throws IOException {
        byte[] bytes = html(template, page).getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve(NAME);
        OutputFile.write(file, stream -> stream.write(bytes));
        return file;
    }

    static String html(String template, Object page) throws IOException {
        TemplateOutput output = new StringOutput();
        TemplateEngine.createPrecompiled(ContentType.Html)
                .render(template, Map.of("page", page, "style", style()), output);
        return output.toString();
    }

    private static String style() throws IOException {
        try (InputStream stream = ReportFile.class.getResourceAsStream(STYLE)) {
            if (stream == null) {
                throw new IllegalStateException(STYLE + " is missing from the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
