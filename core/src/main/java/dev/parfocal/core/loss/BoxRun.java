package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import java.util.List;
import java.util.stream.IntStream;

/** One thread's means to evaluate tiles of boxes. */
final class BoxRun implements TileRun {

    private final BoxCode code;
    private final int predicted;
    private final int given;
    /** A copy of rows that do not lie on the heap. */
    private final float[] rows;

    private final Floats near;

    private final float[] predictions;
    private final float[] targets;
    private final float[] gradients;
    private final float[] values = new float[BoxCode.TILE];
    private final float[] weights = new float[BoxCode.TILE];
    private final GivenCheck.Tile check;
    private final Frame program;
    private final Frame adder;
    private Call call;
    private Factors factors;

    BoxRun(BoxCode code, Call call, Division division) {
        this.code = code;
        this.call = call;
        factors = new Factors(call, division);
        predicted = code.loss().predicted().size();
        given = code.loss().given().size();
        rows = new float[BoxCode.TILE * Math.max(predicted, given)];
        near = Floats.of(rows);
        predictions = new float[BoxCode.STRIDE * predicted];
        targets = new float[BoxCode.STRIDE * given];
        gradients = new float[BoxCode.STRIDE * predicted];
        check = code.check().of(columns(targets, given));
        adder = Softmax.frame(code.adder(), values);
        program = code.kernel().frame();
        int next = set(0, columns(predictions, predicted));
        next = set(next, columns(targets, given));
        next = code.isWeighted() ? set(next, List.of(Floats.of(weights))) : next;
        next = set(next, columns(gradients, predicted));
        set(next, List.of(Floats.of(values)));
    }

    private static List<Floats> columns(float[] turned, int count) {
        return IntStream.range(0, count)
                .mapToObj(c -> Floats.of(turned, c * BoxCode.STRIDE, BoxCode.TILE))
                .toList();
    }

    private int set(int first, List<Floats> columns) {
        for (int i = 0; i < columns.size(); i++) {
            program.column(first + i, columns.get(i));
            program.start(first + i, 0);
        }
        return first + columns.size();
    }

    @Override
    public void begin(Call next, Division division) {
        call = next;
        factors = new Factors(next, division);
        float scale = (float) (next.options().scale() / division.normalizer());
        Arguments.set(program, code.formula(), next.options(), scale);
    }

    @Override
    public double tile(int from, int to) {
        int count = to - from;
        Batch.Boxes boxes = (Batch.Boxes) call.batch();
        Floats rows = nearby(boxes.predicted(), predicted, from, count);
        code.predicted().toColumns(rows, first(rows, predicted, from), predictions, count);
        rows = nearby(boxes.target(), given, from, count);
        code.given().toColumns(rows, first(rows, given, from), targets, count);
        check.run(rows, first(rows, given, from), from, count);
        if (code.isWeighted()) {
            factors.write(from, to, weights);
        }
        program.run(count);
        store(call.gradient(), from, count);
        Floats wanted = call.options().values();
        if (wanted != null) {
            wanted.write(from, values, 0, count);
        }
        adder.run(count);
        return adder.sum();
    }

    /** Rows on the heap: those of the batch, or a copy of them. */
    private Floats nearby(Floats source, int width, int from, int count) {
        if (source.isDirect()) {
            source.read(from * width, rows, 0, count * width);
            return near;
        }
        return source;
    }

    private int first(Floats rows, int width, int from) {
        return rows == near ? 0 : from * width;
    }

    private void store(Floats gradient, int from, int count) {
        boolean isFar = gradient.isDirect();
        code.predicted().toRows(gradients, isFar ? near : gradient, isFar ? 0 : from * predicted, count);
        if (isFar) {
            gradient.write(from * predicted, rows, 0, count * predicted);
        }
    }

    @Override
    public long positives() {
        return 0;
    }
}
