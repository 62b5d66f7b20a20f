package dev.parfocal.tune.space;

/**
 * A range of whole numbers. Each has a cell of the unit interval; on a linear scale all cells are equal.
 *
 * @param min the smallest, at least 1 on a logarithmic scale
 * @param max the largest
 */
public record Whole(int min, int max, Scale scale) implements Domain {

    /** Checks the range. */
    public Whole {
        Real.check(min, max, scale);
    }

    private Real cells() {
        return new Real(min - 0.5, max + 0.5, scale);
    }

    @Override
    public double fromUnit(double place) {
        return Math.min(max, Math.max(min, Math.floor(cells().fromUnit(place) + 0.5)));
    }

    @Override
    public double toUnit(double value) {
        Real cells = cells();
        return (cells.toUnit(value - 0.5) + cells.toUnit(value + 0.5)) / 2;
    }

    @Override
    public boolean contains(double value) {
        return value >= min && value <= max && value == Math.rint(value);
    }

    @Override
    public int size() {
        return max - min + 1;
    }

    @Override
    public String shown(double value) {
        return Integer.toString((int) value);
    }

    @Override
    public double parsed(String text) {
        return Numeral.in(this, text);
    }
}
