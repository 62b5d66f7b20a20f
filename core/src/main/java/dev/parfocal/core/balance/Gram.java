package dev.parfocal.core.balance;

import dev.parfocal.core.ParfocalException;

/**
 * The inner products of several gradients: all that balancing has to know of them, so that the gradients themselves can
 * stay where they are.
 *
 * @param products {@code [gradients, gradients]}, symmetric
 */
public record Gram(double[][] products) {

    private static final Gram NONE = new Gram(new double[0][0]);

    /** Checks the shape. */
    public Gram {
        for (double[] row : products) {
            if (row.length != products.length) {
                throw new ParfocalException(
                        "inner products of " + products.length + " gradients, but a row of " + row.length);
            }
        }
    }

    /** Of no gradients. */
    public static Gram none() {
        return NONE;
    }

    /** Of gradients {@code [gradients, parameters]}. */
    public static Gram of(float[]... gradients) {
        int n = gradients.length;
        double[][] products = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                products[i][j] = dot(gradients[i], gradients[j]);
                products[j][i] = products[i][j];
            }
        }
        return new Gram(products);
    }

    private static double dot(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new ParfocalException("gradients of " + a.length + " and of " + b.length + " parameters");
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    public int size() {
        return products.length;
    }

    /** The inner product of two gradients. */
    public double dot(int i, int j) {
        return products[i][j];
    }

    /** The Euclidean norm of a gradient. */
    public double norm(int i) {
        return Math.sqrt(products[i][i]);
    }

    /** The Euclidean norm of the sum of the gradients times factors. */
    public double norm(double[] factors) {
        double sum = 0;
        for (int i = 0; i < factors.length; i++) {
            sum += factors[i] * dot(i, factors);
        }
        return Math.sqrt(Math.max(0, sum));
    }

    /** The inner product of a gradient with the sum of the gradients times factors. */
    public double dot(int i, double[] factors) {
        double sum = 0;
        for (int j = 0; j < factors.length; j++) {
            sum += products[i][j] * factors[j];
        }
        return sum;
    }

    boolean isFinite() {
        for (int i = 0; i < size(); i++) {
            if (!Double.isFinite(products[i][i])) {
                return false;
            }
        }
        return true;
    }

    /** The sum of gradients {@code [gradients, parameters]} times factors. */
    public static float[] sum(double[] factors, float[]... gradients) {
        float[] sum = new float[gradients[0].length];
        for (int at = 0; at < sum.length; at++) {
            double total = 0;
            for (int i = 0; i < factors.length; i++) {
                total += factors[i] * gradients[i][at];
            }
            sum[at] = (float) total;
        }
        return sum;
    }
}
