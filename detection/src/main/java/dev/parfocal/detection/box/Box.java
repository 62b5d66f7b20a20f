package dev.parfocal.detection.box;

/**
 * An axis-aligned box by its edges, XYXY, in pixels.
 *
 * <p>Coordinates are continuous: pixel column {@code i} covers {@code [i, i + 1)}, so the box of a whole image is
 * {@code (0, 0, width, height)} and a width is {@code x2 - x1} without a "+ 1". A box may be degenerate (no area) or reach
 * out of its image; whoever reads boxes from files decides what to do with those.
 *
 * @param x1 left edge
 * @param y1 top edge
 * @param x2 right edge
 * @param y2 bottom edge
 */
public record Box(double x1, double y1, double x2, double y2) {

    /** The box with this corner and size, as COCO writes it. */
    public static Box ofXywh(double x, double y, double width, double height) {
        return new Box(x, y, x + width, y + height);
    }

    /** The box with this centre and size (CXCYWH), as YOLO writes it. */
    public static Box ofCxcywh(double cx, double cy, double width, double height) {
        return new Box(cx - width / 2, cy - height / 2, cx + width / 2, cy + height / 2);
    }

    public double width() {
        return x2 - x1;
    }

    public double height() {
        return y2 - y1;
    }

    public double centerX() {
        return (x1 + x2) / 2;
    }

    public double centerY() {
        return (y1 + y2) / 2;
    }

    /** Width times height; 0 for a degenerate box. */
    public double area() {
        return isEmpty() ? 0 : width() * height();
    }

    /** Whether the box has no area: a side of length 0 or less, or a coordinate that is not a number. */
    public boolean isEmpty() {
        return !(x2 > x1 && y2 > y1);
    }

    /** Whether all four coordinates are finite numbers. */
    public boolean isFinite() {
        return Double.isFinite(x1) && Double.isFinite(y1) && Double.isFinite(x2) && Double.isFinite(y2);
    }

    /** The area that both boxes cover. */
    public double intersection(Box other) {
        double width = Math.min(x2, other.x2) - Math.max(x1, other.x1);
        double height = Math.min(y2, other.y2) - Math.max(y1, other.y1);
        return width > 0 && height > 0 ? width * height : 0;
    }

    /** Intersection over union, in [0, 1]; 0 when neither box has an area. */
    public double iou(Box other) {
        double intersection = intersection(other);
        double union = area() + other.area() - intersection;
        return union > 0 ? intersection / union : 0;
    }

    /** Every coordinate times a factor per axis. The factors may not be negative. */
    public Box scaled(double factorX, double factorY) {
        return new Box(x1 * factorX, y1 * factorY, x2 * factorX, y2 * factorY);
    }

    public Box shifted(double dx, double dy) {
        return new Box(x1 + dx, y1 + dy, x2 + dx, y2 + dy);
    }

    /** The part inside an image of this size; empty when the box lies outside. */
    public Box clipped(double width, double height) {
        return new Box(clamp(x1, width), clamp(y1, height), clamp(x2, width), clamp(y2, height));
    }

    private static double clamp(double value, double max) {
        return Math.max(0, Math.min(max, value));
    }
}
