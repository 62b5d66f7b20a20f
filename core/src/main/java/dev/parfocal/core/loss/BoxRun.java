package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Turner;
import java.util.List;
import java.util.stream.IntStream;

/** One thread's means to evaluate tiles of boxes. */
final class BoxRun implements TileRun {

    private final BoxCode code;
    private final int predicted;
    private final int given;
    private final float[] rows;
    private final float[] predictions;
    private final float[] targets;
    private final float[] gradients;
    private final float[] values = new float[BoxCode.TILE];
    private final float[] weights = new float[BoxCode.TILE];
    private final TargetCheck.Tile check;
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
        turn(boxes.predicted(), code.predicted(), predicted, predictions, from, count);
        turn(boxes.target(), code.given(), given, targets, from, count);
        check.run(from, count);
        if (code.isWeighted()) {
            factors.write(from, to, weights);
        }
        program.run(count);
        code.predicted().toRows(gradients, rows, count);
        call.gradient().write(from * predicted, rows, 0, count * predicted);
        Floats wanted = call.options().values();
        if (wanted != null) {
            wanted.write(from, values, 0, count);
        }
        adder.run(count);
        return adder.sum();
    }

    private void turn(Floats source, Turner turner, int width, float[] columns, int from, int count) {
        source.read(from * width, rows, 0, count * width);
        turner.toColumns(rows, columns, count);
    }

    @Override
    public long positives() {
        return 0;
    }
}
