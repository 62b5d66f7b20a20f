package dev.parfocal.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;

/** How a composition combines arrays with constants. */
enum Constants {
    /** {@code NDArray op Number}, as DJL's own losses do: the gradient may be wrong after a garbage collection. */
    NUMBERS {
        @Override
        NDArray plus(NDArray a, float c) {
            return a.add(c);
        }

        @Override
        NDArray times(NDArray a, float c) {
            return a.mul(c);
        }

        @Override
        NDArray power(NDArray a, float c) {
            return a.pow(c);
        }
    },
    /** {@code manager.full}: the engine owns the constant, and the gradient is right. */
    ARRAYS {
        @Override
        NDArray plus(NDArray a, float c) {
            return a.add(full(a, c));
        }

        @Override
        NDArray times(NDArray a, float c) {
            return a.mul(full(a, c));
        }

        @Override
        NDArray power(NDArray a, float c) {
            return a.pow(full(a, c));
        }

        private static NDArray full(NDArray beside, float c) {
            return beside.getManager().full(new Shape(), c);
        }
    };

    abstract NDArray plus(NDArray a, float c);

    abstract NDArray times(NDArray a, float c);

    abstract NDArray power(NDArray a, float c);

    NDArray oneMinus(NDArray a) {
        return plus(a.neg(), 1);
    }
}
