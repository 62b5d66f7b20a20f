package dev.parfocal.detection.match;

import java.util.Arrays;

/**
 * The one-to-one matching of the least total cost, by shortest augmenting paths: Jonker, Volgenant: A Shortest Augmenting Path
 * Algorithm for Dense and Sparse Linear Assignment Problems, Computing 38, 1987; without its initialisation, for any number
 * of columns that is at least the number of rows. Takes {@code rows² * columns} operations at most.
 *
 * <p>Every row's cheapest way to a free column runs over reduced costs, {@code cost - u[row] - v[column] >= 0}, which are 0 on
 * matched pairs. Of ways of equal length that to the first column is taken, so the result is the same every time.
 */
final class LinearAssignment {

    private final double[][] cost;
    private final int columns;
    private final double[] u;
    private final double[] v;
    private final int[] rowOf;
    private final int[] previous;
    private final double[] length;
    private final boolean[] reached;

    private LinearAssignment(double[][] cost, int columns) {
        this.cost = cost;
        this.columns = columns;
        u = new double[cost.length];
        v = new double[columns];
        rowOf = new int[columns];
        Arrays.fill(rowOf, -1);
        previous = new int[columns];
        length = new double[columns];
        reached = new boolean[columns];
    }

    /**
     * The column of every row.
     *
     * @param cost {@code [rows, columns]} finite; no more rows than columns
     */
    static int[] columns(double[][] cost) {
        if (cost.length == 0) {
            return new int[0];
        }
        LinearAssignment problem = new LinearAssignment(cost, cost[0].length);
        for (int row = 0; row < cost.length; row++) {
            problem.augment(row);
        }
        int[] column = new int[cost.length];
        for (int at = 0; at < problem.columns; at++) {
            if (problem.rowOf[at] >= 0) {
                column[problem.rowOf[at]] = at;
            }
        }
        return column;
    }

    /** Matches one more row, moving matched rows where that is cheaper. */
    private void augment(int start) {
        Arrays.fill(length, Double.POSITIVE_INFINITY);
        Arrays.fill(reached, false);
        int row = start;
        int column = -1;
        double shortest = 0;
        while (row >= 0) {
            extend(row, column, shortest);
            column = nearest();
            shortest = length[column];
            reached[column] = true;
            row = rowOf[column];
        }
        reprice(start, shortest);
        while (column >= 0) {
            int from = previous[column];
            rowOf[column] = from < 0 ? start : rowOf[from];
            column = from;
        }
    }

    /** Shortens the ways to columns over a row, which itself is reached over a column (-1: it is where the ways start). */
    private void extend(int row, int over, double sofar) {
        double[] own = cost[row];
        for (int column = 0; column < columns; column++) {
            if (!reached[column]) {
                double way = sofar + own[column] - u[row] - v[column];
                if (way < length[column]) {
                    length[column] = way;
                    previous[column] = over;
                }
            }
        }
    }

    private int nearest() {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int column = 0; column < columns; column++) {
            if (!reached[column] && length[column] < least) {
                least = length[column];
                nearest = column;
            }
        }
        return nearest;
    }

    /** Keeps reduced costs at 0 on matched pairs and on the way found, and nowhere below. */
    private void reprice(int start, double shortest) {
        u[start] += shortest;
        for (int column = 0; column < columns; column++) {
            if (reached[column] && rowOf[column] >= 0) {
                u[rowOf[column]] += shortest - length[column];
                v[column] -= shortest - length[column];
            }
        }
    }
}
