package dev.parfocal.tune.gp;

/**
 * The Matérn 5/2 covariance with a length for each dimension (Rasmussen and Williams: Gaussian Processes for Machine
 * Learning, 2006, eq. 4.17): with r² the sum of (difference / length)², it is signal · (1 + √5 r + 5 r²/3) · exp(-√5 r).
 *
 * @param unordered which dimensions hold options: their difference is 1 or 0
 */
record Matern(Hyperparameters hyper, boolean[] unordered) {
    private static final double ROOT5 = Math.sqrt(5);

    double covariance(double[] a, double[] b) {
        double squared = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = unordered[i] ? (a[i] == b[i] ? 0 : 1) : a[i] - b[i];
            double scaled = difference / hyper.lengths()[i];
            squared += scaled * scaled;
        }
        double r = ROOT5 * Math.sqrt(squared);
        return hyper.signal() * (1 + r + r * r / 3) * Math.exp(-r);
    }
}
