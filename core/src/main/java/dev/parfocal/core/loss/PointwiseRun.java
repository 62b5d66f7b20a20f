package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What one thread keeps to evaluate tiles of pointwise losses: frames of kernels, and scratch the size of a tile. */
final class PointwiseRun implements TileRun {

    private static final int TILE = CompiledKernel.TILE;

    private final PointwiseCode code;
    private final boolean copies;
    private final Frame adder;
    private final float[] values = new float[TILE];
    private final float[] weights = new float[TILE];
    private final float[] logitTile = new float[TILE];
    private final float[] gradientTile = new float[TILE];
    private final float[][] given;
    private final Gathered gathered;
    private final Map<PointwiseCode.Place, Frame> frames = new HashMap<>();
    private Call call;
    private float[][] byClass = {};
    private Factors factors;
    private Selection selection;
    private boolean copyLogits;
    private boolean copyGradient;
    private float scale;

    PointwiseRun(PointwiseCode code, boolean vector, Call call, Division division) {
        this.code = code;
        this.call = call;
        copies = vector;
        adder = Kernels.adder(vector).frame();
        adder.column(0, values);
        given = new float[code.givenColumns()][TILE];
        gathered = new Gathered(code.givenColumns() + code.perClass().size() + 2);
        factors = new Factors(call, division);
        selection = Selection.of(call, given);
    }

    @Override
    public void begin(Call next, Division division) {
        call = next;
        byClass = perClassColumns(code, next);
        factors = new Factors(next, division);
        selection = Selection.of(next, given);
        copyLogits = copies && !next.batch().predicted().isInPlace();
        copyGradient = copies && !next.gradient().isInPlace();
        scale = (float) (next.options().scale() / division.normalizer());
        frames.forEach(this::prepare);
    }

    @Override
    public long positives() {
        return selection.positives();
    }

    @Override
    public double tile(int from, int to) {
        int count = to - from;
        selection.select(from, to);
        if (code.isWeighted()) {
            factors.write(from, to, weights);
        }
        if (copyLogits) {
            call.batch().predicted().read(from, logitTile, 0, count);
        }
        Floats wanted = call.options().values();
        boolean plain = selection.count() == 0 && selection.ignoredAnchors() == 0 && wanted == null;
        boolean whole = selection.count() > count / 2;
        Frame frame = inPlace(whole, plain, from);
        frame.run(count);
        double sum = plain ? frame.sum() : patch(from, count, whole);
        if (copyGradient) {
            call.gradient().write(from, gradientTile, 0, count);
        }
        if (wanted != null) {
            wanted.write(from, values, 0, count);
        }
        return sum;
    }

    private Frame inPlace(boolean whole, boolean sum, int from) {
        boolean directLogits = call.batch().predicted().isDirect() && !copyLogits;
        boolean directGradient = call.gradient().isDirect() && !copyGradient;
        Frame frame = frame(new PointwiseCode.Place(whole, sum, directLogits, directGradient));
        int columns = code.formula(whole).inputs().size();
        frame.start(0, copyLogits ? 0 : from);
        frame.start(columns, copyGradient ? 0 : from);
        int first = 1 + (whole ? code.givenColumns() : 0);
        for (int i = 0; i < byClass.length; i++) {
            frame.start(first + i, from % call.classes());
        }
        return frame;
    }

    private Frame frame(PointwiseCode.Place place) {
        Frame frame = frames.get(place);
        if (frame == null) {
            frame = code.kernel(place).frame();
            frames.put(place, frame);
            prepare(place, frame);
        }
        return frame;
    }

    private void prepare(PointwiseCode.Place place, Frame frame) {
        int columns = code.formula(place.whole()).inputs().size();
        if (copyLogits) {
            frame.column(0, logitTile);
        } else if (place.directLogits() == call.batch().predicted().isDirect()) {
            frame.column(0, call.batch().predicted());
        }
        if (copyGradient) {
            frame.column(columns, gradientTile);
        } else if (place.directGradient() == call.gradient().isDirect()) {
            frame.column(columns, call.gradient());
        }
        int next = 1;
        for (int i = 0; place.whole() && i < given.length; i++) {
            frame.column(next++, given[i]);
        }
        for (float[] column : byClass) {
            frame.column(next++, column);
        }
        if (code.isWeighted()) {
            frame.column(next, weights);
        }
        if (!place.sum()) {
            frame.column(columns + 1, values);
        }
        setArguments(place.whole(), frame);
    }

    private void setArguments(boolean whole, Frame frame) {
        Arguments.set(frame, code.formula(whole), call.options(), scale);
    }

    /** Computes the elements that the code of the tile was not for, blanks the ignored ones, and returns the tile's sum. */
    private double patch(int from, int count, boolean whole) {
        int[] chosen = whole ? selection.others(count) : selection.chosen();
        int number = whole ? count - selection.count() : selection.count();
        if (number > 0) {
            gather(from, chosen, number, !whole);
        }
        selection.forEachIgnored(from, count, this::blank);
        adder.run(count);
        return adder.sum();
    }

    private void blank(int from, int local) {
        values[local] = 0;
        setGradient(from, local, 0);
    }

    private void setGradient(int from, int local, float value) {
        if (copyGradient) {
            gradientTile[local] = value;
        } else {
            call.gradient().set(from + local, value);
        }
    }

    private void gather(int from, int[] chosen, int number, boolean whole) {
        Frame frame = gathered.frame(code, whole);
        setArguments(whole, frame);
        int column = gathered.logits(call.batch().predicted(), from, chosen, number);
        for (int i = 0; whole && i < given.length; i++) {
            column = gathered.column(column, given[i], 0, chosen, number);
        }
        for (float[] each : byClass) {
            column = gathered.column(column, each, from % call.classes(), chosen, number);
        }
        if (code.isWeighted()) {
            gathered.column(column, weights, 0, chosen, number);
        }
        frame.run(number);
        for (int k = 0; k < number; k++) {
            values[chosen[k]] = gathered.value(k);
            setGradient(from, chosen[k], gathered.gradient(k));
        }
    }

    /** The columns of elements that were gathered from a tile. */
    private static final class Gathered {

        private final float[][] columns;
        private final float[] gradients = new float[TILE];
        private final float[] values = new float[TILE];
        private final Map<Boolean, Frame> frames = new HashMap<>();

        Gathered(int inputs) {
            columns = new float[inputs][TILE];
        }

        Frame frame(PointwiseCode code, boolean whole) {
            return Objects.requireNonNull(frames.computeIfAbsent(whole, key -> {
                Frame frame = code.kernel(new PointwiseCode.Place(whole, false, false, false))
                        .frame();
                int inputs = code.formula(whole).inputs().size();
                for (int i = 0; i < inputs; i++) {
                    frame.column(i, columns[i]);
                }
                frame.column(inputs, gradients);
                frame.column(inputs + 1, values);
                return frame;
            }));
        }

        int logits(Floats logits, int from, int[] chosen, int number) {
            for (int k = 0; k < number; k++) {
                columns[0][k] = logits.get(from + chosen[k]);
            }
            return 1;
        }

        int column(int column, float[] source, int start, int[] chosen, int number) {
            for (int k = 0; k < number; k++) {
                columns[column][k] = source[start + chosen[k]];
            }
            return column + 1;
        }

        float gradient(int k) {
            return gradients[k];
        }

        float value(int k) {
            return values[k];
        }
    }

    /** Columns that repeat the values by class, long enough for a tile that starts at any class. */
    private static float[][] perClassColumns(PointwiseCode code, Call call) {
        List<String> names = code.perClass();
        float[][] columns = new float[names.size()][];
        for (int i = 0; i < columns.length; i++) {
            Floats byClass = Objects.requireNonNull(call.options().perClass().get(names.get(i)));
            columns[i] = new float[TILE + call.classes()];
            for (int k = 0; k < columns[i].length; k++) {
                columns[i][k] = byClass.get(k % call.classes());
            }
        }
        return columns;
    }
}
