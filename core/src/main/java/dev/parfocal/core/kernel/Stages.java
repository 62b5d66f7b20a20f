package dev.parfocal.core.kernel;

import java.util.List;

/** A kernel in several pieces, one after the other over the same elements. Each thread has scratch of its own for it. */
final class Stages implements Kernel {

    /** One piece, and for each of its columns the column of the whole: its own first, then scratch. */
    record Stage(Kernel kernel, List<Integer> columns) {}

    /** What one thread needs for a piece. */
    private record Columns(Object[] memory, int[] start) {}

    private final List<Stage> stages;
    private final int columns;
    private final ThreadLocal<List<Columns>> ready;

    /**
     * Puts pieces together.
     *
     * @param columns how many columns the whole has, beside {@code scratch} ones
     */
    Stages(List<Stage> stages, int columns, int scratch) {
        this.stages = List.copyOf(stages);
        this.columns = columns;
        ready = ThreadLocal.withInitial(() -> prepare(new float[scratch][CompiledKernel.TILE]));
    }

    private List<Columns> prepare(float[][] scratch) {
        return stages.stream()
                .map(stage -> new Columns(
                        stage.columns().stream()
                                .map(column -> column < columns ? null : scratch[column - columns])
                                .toArray(),
                        new int[stage.columns().size()]))
                .toList();
    }

    @Override
    public void run(Object[] memory, int[] start, int count, float[] arguments, float[] sums) {
        List<Columns> all = ready.get();
        for (int i = 0; i < stages.size(); i++) {
            Stage stage = stages.get(i);
            Columns own = all.get(i);
            for (int c = 0; c < own.start().length; c++) {
                int column = stage.columns().get(c);
                if (column < columns) {
                    own.memory()[c] = memory[column];
                    own.start()[c] = start[column];
                }
            }
            stage.kernel().run(own.memory(), own.start(), count, arguments, sums);
        }
    }
}
