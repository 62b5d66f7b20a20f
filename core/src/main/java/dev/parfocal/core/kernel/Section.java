package dev.parfocal.core.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * A part of a plan that is small enough to be compiled well. What later sections need of it goes through scratch columns.
 *
 * @param plan what this section computes
 * @param columns for each column of {@code plan} the column of the kernel: its inputs, its outputs, then scratch
 */
record Section(Plan plan, List<Integer> columns) {

    /** Cuts a plan into sections of at most {@code most} steps of arithmetic. */
    static List<Section> cut(Plan plan, int most) {
        List<Set<Step>> runs = runs(plan, most);
        Cutter cutter = new Cutter(plan, runs);
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            sections.add(cutter.section(i));
        }
        return sections;
    }

    /** The scratch columns of a plan's sections. */
    static int scratch(Plan plan, List<Section> sections) {
        int columns = sections.stream()
                .flatMap(section -> section.columns().stream())
                .mapToInt(column -> column + 1)
                .max()
                .orElse(0);
        return Math.max(0, columns - plan.columns());
    }

    /** As few runs as there can be, of about equal size. */
    private static List<Set<Step>> runs(Plan plan, int most) {
        List<Step> steps = plan.order().stream().filter(Section::isArithmetic).toList();
        int count = Math.max(1, (steps.size() + most - 1) / most);
        List<Set<Step>> runs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            runs.add(new LinkedHashSet<>(steps.subList(steps.size() * i / count, steps.size() * (i + 1) / count)));
        }
        return runs;
    }

    private static boolean isArithmetic(Step step) {
        return step.prim() != Prim.LOAD && !step.prim().isConstant();
    }

    /** Makes the sections one after the other. */
    private static final class Cutter {

        private final Plan plan;
        private final List<Set<Step>> runs;
        /** The scratch column of each step that a later section needs. */
        private final Map<Step, Integer> scratch = new HashMap<>();

        Cutter(Plan plan, List<Set<Step>> runs) {
            this.plan = plan;
            this.runs = runs;
            for (Set<Step> run : runs) {
                run.forEach(step -> step.operands().forEach(operand -> cross(run, operand)));
            }
            Set<Step> last = runs.get(runs.size() - 1);
            plan.summed().forEach(step -> cross(last, step));
        }

        /** Ints, of which no column can be, are made again from the floats below them. */
        private void cross(Set<Step> run, Step operand) {
            if (!isArithmetic(operand) || run.contains(operand)) {
                return;
            }
            if (operand.prim().isInt()) {
                operand.operands().forEach(below -> cross(run, below));
            } else {
                scratch.putIfAbsent(operand, plan.columns() + scratch.size());
            }
        }

        Section section(int number) {
            return new Writer(this, number).section();
        }
    }

    /** Makes one section. */
    private static final class Writer {

        private final Cutter cutter;
        private final Set<Step> run;
        private final boolean isLast;
        private final Steps steps = new Steps();
        private final Map<Step, Step> made = new HashMap<>();
        private final List<Integer> inputs = new ArrayList<>();

        Writer(Cutter cutter, int number) {
            this.cutter = cutter;
            run = cutter.runs.get(number);
            isLast = number == cutter.runs.size() - 1;
        }

        Section section() {
            List<Step> outputs = new ArrayList<>();
            List<Integer> stored = new ArrayList<>();
            for (Step step : run) {
                step.operands().forEach(this::bring);
                made.put(
                        step,
                        steps.like(step, step.operands().stream().map(this::get).toList()));
                if (cutter.scratch.containsKey(step)) {
                    outputs.add(get(step));
                    stored.add(cutter.scratch.get(step));
                }
            }
            for (int i = 0; i < cutter.plan.outputs().size(); i++) {
                Step output = cutter.plan.outputs().get(i);
                if (run.contains(output) || isLast && !isArithmetic(output)) {
                    bring(output);
                    outputs.add(get(output));
                    stored.add(cutter.plan.inputs() + i);
                }
            }
            List<Step> summed = isLast ? cutter.plan.summed() : List.of();
            summed.forEach(this::bring);
            Plan plan = new Plan(
                    inputs.size(),
                    cutter.plan.arguments(),
                    outputs,
                    summed.stream().map(this::get).toList());
            List<Integer> columns = new ArrayList<>(inputs);
            columns.addAll(stored);
            return new Section(plan, List.copyOf(columns));
        }

        private Step get(Step step) {
            return Objects.requireNonNull(made.get(step));
        }

        /** Makes a step that stands outside this run: a constant, or a column that is read. */
        private void bring(Step step) {
            if (made.containsKey(step)) {
                return;
            }
            if (isArithmetic(step) && step.prim().isInt()) {
                step.operands().forEach(this::bring);
                made.put(
                        step,
                        steps.like(step, step.operands().stream().map(this::get).toList()));
                return;
            }
            Integer column = step.prim() == Prim.LOAD ? Integer.valueOf(step.data()) : cutter.scratch.get(step);
            if (step.prim().isConstant() || column == null) {
                made.put(step, steps.like(step, List.of()));
                return;
            }
            made.put(step, steps.load(inputs.size()));
            inputs.add(column);
        }
    }
}
