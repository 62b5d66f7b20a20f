package dev.parfocal.tune.sampler;

import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Domain;
import dev.parfocal.tune.space.Whole;
import java.util.random.RandomGenerator;
import org.hipparchus.special.Erf;

/** A bump around one value of one variable, of which Parzen estimators are sums. */
sealed interface Kernel {

    /** Draws a value. */
    double draw(RandomGenerator random);

    /** The logarithm of the density, or of the probability, of a value. */
    double logDensity(double value);

    /**
     * A bump.
     *
     * @param width standard deviation in the unit interval
     */
    static Kernel around(Domain domain, double value, double width) {
        if (domain instanceof Choice choice) {
            return new Option((int) value, choice.options().size(), Math.min(1, width));
        }
        return new Bell(domain, domain.toUnit(value), width);
    }

    /** What is believed before anything is seen: nearly the same everywhere. */
    static Kernel everywhere(Domain domain) {
        return domain instanceof Choice choice ? new Option(0, choice.options().size(), 1) : new Bell(domain, 0.5, 1);
    }

    /**
     * A normal distribution on the unit interval, cut off at its ends; over whole numbers, the probability of their cells.
     *
     * @param mean in the unit interval
     * @param width standard deviation before it is cut off
     */
    record Bell(Domain domain, double mean, double width) implements Kernel {
        private static final double TRIES = 100;

        @Override
        public double draw(RandomGenerator random) {
            for (int i = 0; i < TRIES; i++) {
                double place = mean + width * random.nextGaussian();
                if (place >= 0 && place <= 1) {
                    return domain.fromUnit(place);
                }
            }
            return domain.fromUnit(mean);
        }

        @Override
        public double logDensity(double value) {
            double all = mass(0, 1);
            if (domain instanceof Whole whole) {
                double half = 0.5 / whole.size();
                double middle = domain.toUnit(value);
                return Math.log(Math.max(Double.MIN_NORMAL, mass(middle - half, middle + half)) / all);
            }
            double z = (domain.toUnit(value) - mean) / width;
            return -0.5 * z * z - Math.log(width * Math.sqrt(2 * Math.PI) * all);
        }

        private double mass(double from, double to) {
            double scale = width * Math.sqrt(2);
            return 0.5 * Erf.erf((from - mean) / scale, (to - mean) / scale);
        }
    }

    /**
     * One option more likely than the others (Aitchison and Aitken: Multivariate Binary Discrimination, Biometrika 1976).
     *
     * @param width share of the probability that is spread evenly over all options
     */
    record Option(int favourite, int options, double width) implements Kernel {

        @Override
        public double draw(RandomGenerator random) {
            return random.nextDouble() < width ? random.nextInt(options) : favourite;
        }

        @Override
        public double logDensity(double value) {
            return Math.log(width / options + ((int) value == favourite ? 1 - width : 0));
        }
    }
}
