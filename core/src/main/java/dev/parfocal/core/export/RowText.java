package dev.parfocal.core.export;

import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.loss.KernelFormulas;
import dev.parfocal.core.loss.RowFormulas;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The functions of one row, and the loops that call them in the order in which the kernels of rows run. */
final class RowText {

    private static final String LOOP = "    for (int j = 0; j < ";

    private final KernelFormulas.Rows rows;
    private final ElementText element;
    private final String name;
    private final int picks;
    private final boolean expects;
    private final List<String> lines = new ArrayList<>();

    RowText(KernelFormulas.Rows rows, ElementText element) {
        this.rows = rows;
        this.element = element;
        name = element.name();
        picks = rows.picks().size();
        expects = !rows.expectations().isEmpty();
    }

    List<String> body() {
        functions();
        declare();
        softmax();
        program();
        gradient();
        lines.add("    return value;");
        return lines;
    }

    private void functions() {
        RowFormulas steps = rows.steps();
        function("_top", steps.top(), List.of("largest", "best"));
        function("_exponential", steps.exponential(), expected(List.of("e", "others"), "weighted_sum"));
        function("_finish", steps.finish(), expected(List.of("log_of_sum", "inverse"), "expectation"));
        function("_gradient", steps.gradient(), List.of("gradient"));
        if (picks > 0) {
            element.function("_indices", rows.indices(), numbered("index", picks));
            function("_pick", steps.pick(), List.of("log_p"));
            function("_picked", steps.picked(), List.of("gradient"));
        }
        List<String> outputs = new ArrayList<>(numbered("pull", predicted()));
        outputs.add("value");
        element.function("_program", rows.program(), programInputs(), outputs);
    }

    /** A function of a step: its outputs may have the names of its inputs, which get other ones. */
    private void function(String suffix, Formula formula, List<String> outputs) {
        List<String> inputs = IntStream.range(0, formula.inputs().size())
                .mapToObj(i -> "x" + i)
                .toList();
        element.function(suffix, formula, inputs, outputs);
    }

    private List<String> programInputs() {
        List<String> inputs = new ArrayList<>(numbered("log_p", predicted()));
        inputs.addAll(element.given());
        inputs.add("weight");
        return inputs;
    }

    private int predicted() {
        return picks + rows.expectations().size();
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + "_" + i).toList();
    }

    private List<String> expected(List<String> names, String more) {
        List<String> all = new ArrayList<>(names);
        if (expects) {
            all.add(more);
        }
        return all;
    }

    private void declare() {
        int bins = rows.bins();
        lines.add("    float e[" + bins + "];");
        lines.add("    float log_p[" + predicted() + "], pull[" + predicted() + "], value;");
        if (picks > 0) {
            lines.add("    float index[" + picks + "], picked[" + picks + "];");
        }
        lines.add("    float largest = row[0], best = 0.0f, others = 0.0f, log_of_sum, inverse, factor = 0.0f;");
        if (expects) {
            lines.add("    float weighted_sum = 0.0f, expectation, expected_factor = 0.0f;");
        }
    }

    private void softmax() {
        lines.add("    for (int j = 1; j < " + rows.bins() + "; j++) {");
        lines.add("        " + name + "_top(row[j], largest, best, (float)j, &largest, &best);");
        lines.add("    }");
        lines.add(LOOP + rows.bins() + "; j++) {");
        lines.add("        " + name + "_exponential(row[j], largest, best, others" + when(", weighted_sum")
                + ", (float)j, &e[j], &others" + when(", &weighted_sum") + ");");
        lines.add("    }");
        lines.add("    " + name + "_finish(others" + when(", weighted_sum") + ", &log_of_sum, &inverse"
                + when(", &expectation") + ");");
    }

    private String when(String text) {
        return expects ? text : "";
    }

    private void program() {
        if (picks > 0) {
            List<String> all = new ArrayList<>(element.given());
            all.addAll(ElementText.arguments(rows.indices()));
            IntStream.range(0, picks).forEach(i -> all.add("&index[" + i + "]"));
            lines.add("    " + name + "_indices(" + String.join(", ", all) + ");");
        } else {
            lines.add("    (void)log_of_sum;");
        }
        for (int i = 0; i < picks; i++) {
            lines.add("    " + name + "_pick(row[pf_index(index[" + i + "])], largest, log_of_sum, &log_p["
                    + rows.picks().get(i) + "]);");
        }
        rows.expectations().forEach(place -> lines.add("    log_p[" + place + "] = expectation;"));
        List<String> all = new ArrayList<>();
        IntStream.range(0, predicted()).forEach(i -> all.add("log_p[" + i + "]"));
        all.addAll(element.given());
        all.add("weight");
        all.addAll(ElementText.arguments(rows.program()));
        IntStream.range(0, predicted()).forEach(i -> all.add("&pull[" + i + "]"));
        all.add("&value");
        lines.add("    " + name + "_program(" + String.join(", ", all) + ");");
    }

    private void gradient() {
        rows.picks().forEach(place -> lines.add("    factor += -pull[" + place + "];"));
        rows.expectations().forEach(place -> lines.add("    expected_factor += pull[" + place + "];"));
        String expectation = when(", expectation, expected_factor");
        for (int i = 0; i < picks; i++) {
            StringBuilder pulls = new StringBuilder();
            for (int k = 0; k < picks; k++) {
                int pick = (i + k) % picks;
                pulls.append(", index[" + pick + "], pull[" + rows.picks().get(pick) + "]");
            }
            lines.add("    " + name + "_picked(row[pf_index(index[" + i + "])], largest, best, others, inverse, factor"
                    + pulls + expectation + ", &picked[" + i + "]);");
        }
        lines.add(LOOP + rows.bins() + "; j++) {");
        lines.add("        " + name + "_gradient(e[j], inverse, factor" + expectation + ", (float)j, &gradient[j]);");
        lines.add("    }");
        for (int i = 0; i < picks; i++) {
            lines.add("    gradient[pf_index(index[" + i + "])] = picked[" + i + "];");
        }
    }
}
