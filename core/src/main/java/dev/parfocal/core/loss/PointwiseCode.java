package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Formula;
import dev.parfocal.core.kernel.Kernels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The code of a pointwise loss: of the whole formula, and of the formula at targets 0, which nearly every element has.
 * Which of them computes an element depends on its own targets alone, so that its bits do not depend on its neighbours.
 */
final class PointwiseCode implements KindCode {

    /** Where kernels are used: in place over a tile, or on elements gathered from it. */
    record Place(boolean whole, boolean sum, boolean directLogits, boolean directGradient) {}

    static final int TILES_PER_CHUNK = 16;

    private final Formula full;
    private final Formula background;
    private final List<String> given;
    private final List<String> perClass;
    private final boolean weighted;
    private final boolean vector;
    private final Map<Place, CompiledKernel> kernels = new HashMap<>();

    PointwiseCode(Loss loss, Structure structure, boolean vector) {
        this.vector = vector;
        weighted = structure.weighted();
        given = loss.given().stream().map(Input::name).toList();
        perClass = structure.perClassNames();
        KernelFormulas.Pointwise formulas = StructureFormulas.pointwise(loss, structure);
        full = formulas.whole();
        background = formulas.background();
    }

    @Override
    public Sweep sweep(Call call, int threads) {
        return new Sweep(threads, CompiledKernel.TILE, TILES_PER_CHUNK);
    }

    @Override
    public boolean isWarm() {
        return Kernels.adder(vector).isWarm() && kernels.values().stream().allMatch(CompiledKernel::isWarm);
    }

    @Override
    public TileRun run(Call call, Division division) {
        return new PointwiseRun(this, vector, call, division);
    }

    List<String> perClass() {
        return perClass;
    }

    int givenColumns() {
        return given.size();
    }

    boolean isWeighted() {
        return weighted;
    }

    Formula formula(boolean whole) {
        return whole ? full : background;
    }

    /** Code for a place; gathered elements lie on the heap. */
    synchronized CompiledKernel kernel(Place place) {
        return kernels.computeIfAbsent(place, this::compile);
    }

    private CompiledKernel compile(Place place) {
        Formula formula = formula(place.whole());
        List<Boolean> direct = new ArrayList<>();
        for (int i = 0; i < formula.inputs().size(); i++) {
            direct.add(i == 0 && place.directLogits());
        }
        direct.add(place.directGradient());
        if (!place.sum()) {
            direct.add(false);
        }
        return Kernels.compile(formula, place.sum(), direct, vector);
    }
}
