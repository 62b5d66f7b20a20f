package dev.parfocal.tune.sampler;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.EigenDecompositionSymmetric;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The state of a CMA-ES and its update, in the notation of Hansen's tutorial (2016, table 1 and figure 6): mean m, step
 * size σ, covariance C, evolution paths p_σ and p_c. Positive weights only.
 */
final class Evolution {
    private static final double FIRST_STEP = 0.25;
    private static final int TRIES = 50;

    private final int n;
    private final int lambda;
    private final double[] weights;
    private final double muEff;
    private final double cSigma;
    private final double dSigma;
    private final double cC;
    private final double c1;
    private final double cMu;
    private final double chiN;

    private RealVector mean;
    private double sigma = FIRST_STEP;
    private RealMatrix covariance;
    private RealVector pathSigma;
    private RealVector pathC;
    /** B·D and B·D⁻¹·Bᵀ of the eigendecomposition C = B·D²·Bᵀ. */
    private RealMatrix root;

    private RealMatrix inverseRoot;
    private int generations;

    /** A start in the middle of the cube of {@code n} dimensions. */
    Evolution(int n) {
        this.n = n;
        lambda = 4 + (int) (3 * Math.log(n));
        int mu = lambda / 2;
        double[] raw = IntStream.rangeClosed(1, mu)
                .mapToDouble(i -> Math.log((lambda + 1) / 2.0) - Math.log(i))
                .toArray();
        double sum = Arrays.stream(raw).sum();
        weights = Arrays.stream(raw).map(w -> w / sum).toArray();
        muEff = 1 / Arrays.stream(weights).map(w -> w * w).sum();
        cSigma = (muEff + 2) / (n + muEff + 5);
        dSigma = 1 + 2 * Math.max(0, Math.sqrt((muEff - 1) / (n + 1)) - 1) + cSigma;
        cC = (4 + muEff / n) / (n + 4 + 2 * muEff / n);
        c1 = 2 / ((n + 1.3) * (n + 1.3) + muEff);
        cMu = Math.min(1 - c1, 2 * (muEff - 2 + 1 / muEff) / ((n + 2.0) * (n + 2.0) + muEff));
        chiN = Math.sqrt(n) * (1 - 1 / (4.0 * n) + 1 / (21.0 * n * n));
        double[] middle = new double[n];
        Arrays.fill(middle, 0.5);
        mean = new ArrayRealVector(middle);
        pathSigma = new ArrayRealVector(n);
        pathC = new ArrayRealVector(n);
        covariance = MatrixUtils.createRealIdentityMatrix(n);
        root = covariance;
        inverseRoot = covariance;
    }

    /** How many points make a generation, λ. */
    int population() {
        return lambda;
    }

    double[] mean() {
        return mean.toArray();
    }

    double sigma() {
        return sigma;
    }

    /** Draws a point of the cube: one outside is drawn again, and in the end moved to the nearest face. */
    double[] draw(RandomGenerator random) {
        double[] point = new double[n];
        for (int i = 0; i < TRIES; i++) {
            double[] z = gaussians(random);
            point = mean.add(new ArrayRealVector(root.operate(z)).mapMultiply(sigma))
                    .toArray();
            if (Arrays.stream(point).allMatch(x -> x >= 0 && x <= 1)) {
                return point;
            }
        }
        return Arrays.stream(point).map(x -> Math.min(1, Math.max(0, x))).toArray();
    }

    private double[] gaussians(RandomGenerator random) {
        return IntStream.range(0, n).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    /** Takes a generation's points, best first. */
    void advance(List<double[]> ranked) {
        generations++;
        RealVector old = mean;
        RealVector step = new ArrayRealVector(n);
        for (int i = 0; i < weights.length; i++) {
            step = step.add(towards(ranked.get(i), old).mapMultiply(weights[i]));
        }
        mean = old.add(step.mapMultiply(sigma));
        pathSigma = pathSigma
                .mapMultiply(1 - cSigma)
                .add(inverseRoot.operate(step).mapMultiply(Math.sqrt(cSigma * (2 - cSigma) * muEff)));
        double length = pathSigma.getNorm() / Math.sqrt(1 - Math.pow(1 - cSigma, 2.0 * generations));
        boolean fast = length >= (1.4 + 2.0 / (n + 1)) * chiN;
        pathC = pathC.mapMultiply(1 - cC);
        if (!fast) {
            pathC = pathC.add(step.mapMultiply(Math.sqrt(cC * (2 - cC) * muEff)));
        }
        adapt(ranked, old, fast);
        sigma = Math.min(1, sigma * Math.exp(cSigma / dSigma * (pathSigma.getNorm() / chiN - 1)));
        decompose();
    }

    /** (x - m) / σ. */
    private RealVector towards(double[] point, RealVector from) {
        return new ArrayRealVector(point).subtract(from).mapDivide(sigma);
    }

    private void adapt(List<double[]> ranked, RealVector old, boolean fast) {
        double kept = 1 - c1 - cMu + (fast ? c1 * cC * (2 - cC) : 0);
        RealMatrix next =
                covariance.scalarMultiply(kept).add(pathC.outerProduct(pathC).scalarMultiply(c1));
        for (int i = 0; i < weights.length; i++) {
            RealVector y = towards(ranked.get(i), old);
            next = next.add(y.outerProduct(y).scalarMultiply(cMu * weights[i]));
        }
        covariance = next;
    }

    private void decompose() {
        EigenDecompositionSymmetric eigen = new EigenDecompositionSymmetric(covariance);
        double[] d = Arrays.stream(eigen.getEigenvalues())
                .map(value -> Math.sqrt(Math.max(value, 1e-12)))
                .toArray();
        RealMatrix b = eigen.getV();
        root = b.multiply(MatrixUtils.createRealDiagonalMatrix(d));
        double[] inverse = Arrays.stream(d).map(value -> 1 / value).toArray();
        inverseRoot = b.multiply(MatrixUtils.createRealDiagonalMatrix(inverse)).multiply(b.transpose());
    }
}
