package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.kernel.Frame;
import dev.parfocal.core.kernel.Kernels;
import dev.parfocal.core.kernel.Turner;
import dev.parfocal.core.language.Formula;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One thread's means to evaluate tiles of rows. */
final class RowRun implements TileRun {

    private final RowCode code;
    private final int bins;
    private final Turner turner;
    private final float[] rows;
    private final float[] turned;
    private final float[][] inputs;
    private final float[] values;
    private final float[][] logits;
    private final float[][] indices;
    private final List<float[]> expectations;
    private final Softmax softmax;
    private final RowFunctionsRun functions;
    private final RowGradient gradient;
    private final List<DivergenceRun> divergences = new ArrayList<>();
    private final List<Frame> picks = new ArrayList<>();
    private final TargetCheck.Tile check;
    private final Frame program;
    private final Frame index;
    private final Frame adder;
    private Call call;
    private Factors factors;
    private List<Formula.Entry> entries = List.of();

    RowRun(RowCode code, Call call, Division division, boolean vector) {
        this.code = code;
        this.call = call;
        factors = new Factors(call, division);
        bins = code.bins();
        int stride = code.stride();
        turner = code.turner();
        rows = new float[stride * bins];
        turned = new float[stride * bins];
        inputs = new float[code.formula().inputs().size()][stride];
        float[][] outputs = new float[code.formula().outputs().size()][stride];
        values = outputs[outputs.length - 1];
        logits = new float[code.picks().size()][stride];
        indices = new float[code.picks().size()][stride];
        softmax = new Softmax(code.kernels(), code.hasExpectation(), turned, bins, stride);
        for (int p = 0; p < logits.length; p++) {
            picks.add(Softmax.frame(
                    code.kernels().pick(),
                    logits[p],
                    softmax.largest,
                    softmax.logOfSum,
                    inputs[code.picks().get(p)]));
        }
        expectations = code.expectations().stream().map(i -> inputs[i]).toList();
        int firstWeight = inputs.length - (code.isWeighted() ? 1 : 0);
        functions = new RowFunctionsRun(
                code.functions(),
                Arrays.copyOfRange(inputs, code.firstGiven(), firstWeight),
                turned,
                softmax.inverse,
                softmax.bestBin,
                code.functionPlaces().stream().map(i -> inputs[i]).toList(),
                bins,
                stride);
        gradient = new RowGradient(
                code.kernels(),
                softmax,
                functions,
                turned,
                bins,
                stride,
                logits,
                indices,
                code.picks().stream().map(i -> outputs[i]).toList(),
                code.expectations().stream().map(i -> outputs[i]).toList(),
                code.functionPlaces().stream().map(i -> outputs[i]).toList());
        for (KernelFormulas.Divergence each : code.divergences().all()) {
            divergences.add(new DivergenceRun(
                    code.divergences(),
                    each,
                    code.kernels().top(),
                    turned,
                    inputs[each.place()],
                    outputs[each.place()],
                    bins,
                    stride));
        }
        program = Softmax.frame(code.program(), join(inputs, outputs));
        float[][] given = Arrays.copyOfRange(
                inputs, code.firstGiven(), code.firstGiven() + code.given().size());
        check = code.check().of(Stream.of(given).map(Floats::of).toList());
        index = Softmax.frame(code.indices(), join(given, indices));
        adder = Softmax.frame(Kernels.adder(vector), values);
    }

    private static float[][] join(float[][] first, float[][] second) {
        return Stream.of(first, second).flatMap(Stream::of).toArray(float[][]::new);
    }

    @Override
    public void begin(Call next, Division division) {
        call = next;
        entries = next.entries();
        factors = new Factors(next, division);
        float scale = (float) (next.options().scale() / division.normalizer());
        Arguments.set(program, code.formula(), next.options(), scale);
        Arguments.set(index, code.indexFormula(), next.options());
        functions.begin(next);
    }

    @Override
    public double tile(int from, int to) {
        int count = to - from;
        readGiven(from, to);
        divergences.forEach(each -> each.read(call, turner, rows, from, count));
        call.batch().predicted().read(from * bins, rows, 0, count * bins);
        turner.toColumns(rows, 0, turned, count);
        divergences.forEach(each -> each.run(call, count));
        softmax.run(turned, count);
        functions.run(count);
        pick(count);
        program.run(count);
        gradient.run(count);
        divergences.forEach(each -> each.pull(count));
        turner.toRows(turned, rows, 0, count);
        putPicked(count);
        call.gradient().write(from * bins, rows, 0, count * bins);
        Floats wanted = call.options().values();
        if (wanted != null) {
            wanted.write(from, values, 0, count);
        }
        adder.run(count);
        return adder.sum();
    }

    private void readGiven(int from, int to) {
        List<Floats> given = ((Batch.Rows) call.batch()).given();
        List<Integer> places = code.givenPlaces();
        for (int i = 0; i < places.size(); i++) {
            given.get(places.get(i)).read(from, inputs[code.firstGiven() + i], 0, to - from);
        }
        check.run(from, to - from);
        for (int k = 0; k < entries.size(); k++) {
            Formula.Entry entry = entries.get(k);
            look(
                    Objects.requireNonNull(call.options().perClass().get(entry.parameter())),
                    inputs[code.firstGiven() + code.givenColumn(entry.input())],
                    inputs[code.firstGiven() + places.size() + k],
                    to - from);
        }
        if (code.isWeighted()) {
            factors.write(from, to, inputs[inputs.length - 1]);
        }
    }

    /** Writes the values of a parameter for the rows' classes, which are known to be within its range. */
    private static void look(Floats byClass, float[] classes, float[] into, int count) {
        int last = byClass.length() - 1;
        for (int r = 0; r < count; r++) {
            into[r] = byClass.get((int) Math.max(0, Math.min(last, classes[r])));
        }
    }

    /** Writes the program's predicted columns: log-softmax at the picked bins, and the expectation. */
    private void pick(int count) {
        index.run(count);
        for (int p = 0; p < logits.length; p++) {
            for (int r = 0; r < count; r++) {
                logits[p][r] = rows[r * bins + (int) indices[p][r]];
            }
            picks.get(p).run(count);
        }
        expectations.forEach(column -> System.arraycopy(softmax.expectation, 0, column, 0, count));
    }

    private void putPicked(int count) {
        for (int p = 0; p < logits.length; p++) {
            float[] picked = gradient.picked(p);
            for (int r = 0; r < count; r++) {
                int bin = (int) indices[p][r];
                float sum = picked[r];
                for (DivergenceRun each : divergences) {
                    sum += each.pullAt(r, bin);
                }
                rows[r * bins + bin] = sum;
            }
        }
    }

    @Override
    public long positives() {
        return 0;
    }
}
