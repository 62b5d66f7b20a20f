package dev.parfocal.core.loss;

import dev.parfocal.core.graph.Node;
import dev.parfocal.core.graph.ScalarProgram;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Interpreter;
import dev.parfocal.core.kernel.ReferenceRow;
import dev.parfocal.core.language.Formula;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Evaluates in double, one element after the other, with nothing shared with the generated code: the oracle. */
final class ReferenceEvaluator implements Evaluator {

    private final Map<Free, ScalarProgram> programs = new HashMap<>();

    /** The parameters that a program leaves open. */
    private record Free(Set<String> arguments, Set<String> perClass) {

        static Free of(Call call) {
            return new Free(
                    Set.copyOf(call.options().arguments().keySet()),
                    Set.copyOf(call.options().perClass().keySet()));
        }
    }

    @Override
    public Evaluation evaluate(Call call) {
        Census census = Census.of(call, 0, call.anchors());
        ScalarProgram program = programs.computeIfAbsent(Free.of(call), free -> call.program());
        return new Run(call, program, Division.of(call, census)).run();
    }

    @Override
    public double[] means(Call call) {
        return call.loss().states().stream()
                .mapToDouble(state -> mean(call, state))
                .toArray();
    }

    private static double mean(Call call, State state) {
        List<ScalarProgram> terms = call.stateTerms(state);
        Columns columns = new Columns(call);
        double[] totals = new double[2];
        for (int term = 0; term < totals.length; term++) {
            ScalarProgram program = terms.get(term);
            List<Node> leaves = new ArrayList<>(program.predicted());
            leaves.addAll(program.given());
            leaves.addAll(program.arguments());
            Interpreter interpreter = new Interpreter(leaves, List.of(program.value()));
            program.arguments()
                    .forEach(argument -> interpreter.set(
                            argument, call.options().arguments().getOrDefault(argument.name(), Double.NaN)));
            for (int e = 0; e < call.batch().elements(); e++) {
                columns.read(e, e + 1);
                if (columns.weights()[0] != 0) {
                    for (int i = 0; i < columns.numbers().length; i++) {
                        interpreter.set(leaves.get(i), columns.numbers()[i][0]);
                    }
                    interpreter.run();
                    totals[term] += interpreter.get(program.value());
                }
            }
        }
        return totals[0] / totals[1];
    }

    @Override
    public boolean isWarm() {
        return true;
    }

    @Override
    public int compilations() {
        return programs.size();
    }

    /** One evaluation under way. */
    private static final class Run {

        private final Call call;
        private final Division division;
        private final ScalarProgram program;
        private final Interpreter interpreter;
        private final Elements elements;
        private final List<Input> inputs;
        private final double gradientScale;

        Run(Call call, ScalarProgram program, Division division) {
            this.call = call;
            this.division = division;
            this.program = program;
            List<Node> leaves = new ArrayList<>(program.predicted());
            leaves.addAll(program.given());
            leaves.addAll(program.arguments());
            call.indexEntries().forEach(entry -> leaves.add(program.graph().input(entry.name())));
            interpreter = new Interpreter(leaves, program.roots());
            elements = Elements.of(call.loss(), call.batch());
            inputs = call.loss().given();
            gradientScale = call.options().scale() / division.normalizer();
        }

        Evaluation run() {
            for (Node argument : program.arguments()) {
                Double value = call.options().arguments().get(argument.name());
                if (value != null) {
                    interpreter.set(argument, value);
                }
            }
            double sum = 0;
            for (int e = 0; e < call.batch().elements(); e++) {
                sum += element(e);
            }
            double value = call.options().scale() * sum / division.normalizer();
            return new Evaluation(
                    value,
                    sum,
                    division.normalizer(),
                    division.census().positives(),
                    call.options().statistics() ? StatisticsRun.of(call) : null);
        }

        /** Evaluates one element, and returns its weighted value. */
        private double element(int e) {
            setGiven(e);
            double weight = elements.isIgnored(e) ? 0 : weight(e);
            double value = call.batch() instanceof Batch.Rows rows ? row(e, rows.bins(), weight) : point(e, weight);
            Floats values = call.options().values();
            if (values != null) {
                values.set(e, (float) value);
            }
            return value;
        }

        private double weight(int e) {
            Weights weights = call.options().weights();
            int anchor = e / call.classes();
            double weight = at(weights.element(), e) * at(weights.anchor(), anchor) * at(weights.classes(), classOf(e));
            double[] byImage = division.byImage();
            return byImage.length == 0 ? weight : weight / byImage[anchor / (call.anchors() / byImage.length)];
        }

        /** The class of an element: of a row the one that is given. */
        private int classOf(int e) {
            return call.loss()
                    .classInput()
                    .map(input -> (int) elements.given(e, inputs.indexOf(input)))
                    .orElse(e % call.classes());
        }

        private static double at(@Nullable Floats factors, int index) {
            return factors == null ? 1 : factors.get(index);
        }

        private void setGiven(int e) {
            int classOf = e % call.classes();
            double smoothing = call.options().smoothing();
            for (int i = 0; i < inputs.size(); i++) {
                float given = elements.given(e, i);
                if (!inputs.get(i).accepts(given)) {
                    throw Elements.refused(inputs.get(i), given, e / call.classes(), classOf);
                }
                interpreter.set(program.given().get(i), given * (1 - smoothing) + smoothing / 2);
            }
            for (Node argument : program.arguments()) {
                Floats byClass = call.options().perClass().get(argument.name());
                if (byClass != null) {
                    interpreter.set(argument, byClass.get(classOf));
                }
            }
            for (Formula.Entry entry : call.entries()) {
                int label = (int) elements.given(e, call.givenColumn(entry.input()));
                Floats byClass =
                        Objects.requireNonNull(call.options().perClass().get(entry.parameter()));
                interpreter.set(program.graph().input(entry.name()), byClass.get(label));
            }
        }

        /** A pointwise element or a box: its predicted numbers are neighbours. */
        private double point(int e, double weight) {
            int width = program.predicted().size();
            Floats predicted = call.batch().predicted();
            for (int i = 0; i < width; i++) {
                interpreter.set(program.predicted().get(i), predicted.get(e * width + i));
            }
            interpreter.run();
            for (int i = 0; i < width; i++) {
                double gradient = interpreter.get(program.gradients().get(i));
                call.gradient().set(e * width + i, weight == 0 ? 0 : (float) (gradient * weight * gradientScale));
            }
            return weight == 0 ? 0 : interpreter.get(program.value()) * weight;
        }

        /** Sets the parameters that functions of the index read at an index. */
        private void setAtIndex(int index) {
            for (Formula.Entry entry : call.indexEntries()) {
                Floats byClass =
                        Objects.requireNonNull(call.options().perClass().get(entry.parameter()));
                interpreter.set(program.graph().input(entry.name()), byClass.get(index));
            }
        }

        private double row(int r, int bins, double weight) {
            double[] logits = new double[bins];
            for (int j = 0; j < bins; j++) {
                logits[j] = call.batch().predicted().get(r * bins + j);
            }
            double[] given = new double[inputs.size()];
            for (int i = 0; i < given.length; i++) {
                given[i] = elements.given(r, i);
            }
            ReferenceRow row = new ReferenceRow(program, logits, given, this::setAtIndex);
            double[] gradient = row.run(interpreter);
            for (int j = 0; j < bins; j++) {
                call.gradient().set(r * bins + j, weight == 0 ? 0 : (float) (gradient[j] * weight * gradientScale));
            }
            return weight == 0 ? 0 : interpreter.get(program.value()) * weight;
        }
    }
}
