package dev.parfocal.cli.run;

import dev.parfocal.cli.text.Counts;
import dev.parfocal.training.diagnose.Diagnosis;
import dev.parfocal.training.diagnose.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A diagnosis for people and for programs.
 *
 * @param subject what was looked at
 */
public record DiagnosisReport(String subject, Diagnosis diagnosis) {

    private static final int WIDTH = 100;
    private static final int INDENT = 9;

    private static final JsonMapper JSON = new JsonMapper();

    /** The findings, each with its reason and its remedy, and how the run went. */
    public String text() {
        int found = diagnosis.findings().size();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d %s, %s%n",
                subject,
                diagnosis.steps(),
                diagnosis.steps() == 1 ? "step" : "steps",
                found == 0 ? "nothing wrong found" : Counts.of(found, "finding")));
        for (Finding finding : diagnosis.findings()) {
            text.append(System.lineSeparator());
            append(text, finding.severity().name(), finding.what());
            append(text, "  why", finding.why());
            append(text, "  change", finding.change());
        }
        if (!diagnosis.figures().isEmpty()) {
            text.append(System.lineSeparator());
        }
        int widest = diagnosis.figures().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        diagnosis
                .figures()
                .forEach((name, value) -> text.append(name)
                        .append(" ".repeat(widest + 2 - name.length()))
                        .append(value)
                        .append(System.lineSeparator()));
        return text.toString();
    }

    private static void append(StringBuilder text, String label, String sentence) {
        List<String> lines = wrapped(sentence, WIDTH - INDENT);
        for (int i = 0; i < lines.size(); i++) {
            String head = i == 0 ? label : "";
            text.append(head)
                    .append(" ".repeat(INDENT - head.length()))
                    .append(lines.get(i))
                    .append(System.lineSeparator());
        }
    }

    private static List<String> wrapped(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** The same as JSON. */
    public String json() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("subject", subject);
        tree.put("steps", diagnosis.steps());
        tree.put("findings", diagnosis.findings());
        tree.put("figures", diagnosis.figures());
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(tree);
    }
}
