package dev.parfocal.core.loss;

import dev.parfocal.core.kernel.CompiledKernel;
import java.util.Arrays;

/** Elements of a batch as columns: what is predicted, unless it is a row, then what is given, and beside them the weight. */
final class Columns {

    private final Call call;
    private final Elements elements;
    private final Factors factors;
    private final boolean weighted;
    private final int predicted;
    private final float[][] numbers;
    private final float[] weights = new float[CompiledKernel.TILE];

    Columns(Call call) {
        this.call = call;
        elements = Elements.of(call.loss(), call.batch());
        factors = new Factors(call, new Division(1, new double[0], new Census(0, 0, 0)));
        weighted = !call.options().weights().isNone();
        predicted = call.loss().kind() == Kind.ROW ? 0 : call.loss().predicted().size();
        numbers = new float[predicted + call.loss().given().size()][CompiledKernel.TILE];
    }

    /** The numbers of the elements that were read, a column for each input. */
    float[][] numbers() {
        return numbers;
    }

    /** The weights of the elements that were read: 0 for one that counts for nothing. */
    float[] weights() {
        return weights;
    }

    /** Reads the elements in [from, to), at most a tile. */
    void read(int from, int to) {
        if (weighted) {
            factors.write(from, to, weights);
        } else {
            Arrays.fill(weights, 0, to - from, 1);
        }
        for (int e = from; e < to; e++) {
            int local = e - from;
            for (int i = 0; i < predicted; i++) {
                numbers[i][local] = call.batch().predicted().get(e * predicted + i);
            }
            for (int i = predicted; i < numbers.length; i++) {
                numbers[i][local] = elements.given(e, i - predicted);
            }
            weights[local] = elements.isIgnored(e) ? 0 : weights[local];
        }
    }
}
