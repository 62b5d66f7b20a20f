package dev.parfocal.cli.plot;

/**
 * A straight or curved way through a loss's predictions, along which it is looked at.
 *
 * @param title what is held fixed
 * @param xLabel what changes along the way
 * @param from its first position
 * @param to its last
 * @param way where each position lies
 * @param given the given inputs
 */
record Slice(String title, String xLabel, double from, double to, Way way, double[] given) {

    /** A curve in the space of predictions. */
    interface Way {
        /** The predictions at a position. */
        double[] at(double position);

        /** The derivative of the predictions with respect to the position. */
        double[] direction(double position);
    }
}
