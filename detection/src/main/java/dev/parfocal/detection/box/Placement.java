package dev.parfocal.detection.box;

/**
 * Where the content of one frame lies in another: {@code x' = scaleX x + shiftX}, {@code y' = scaleY y + shiftY}.
 *
 * <p>Resizing, letterboxing, cropping and flipping (a negative scale) are all of this form, so that one placement carries
 * boxes from an image into a network's input, and its {@link #inverse()} carries detections back.
 */
public record Placement(double scaleX, double scaleY, double shiftX, double shiftY) {

    private static final Placement IDENTITY = new Placement(1, 1, 0, 0);

    public Placement {
        if (scaleX == 0 || scaleY == 0) {
            throw new IllegalArgumentException("a placement's scales may not be 0: " + scaleX + ", " + scaleY);
        }
    }

    public static Placement identity() {
        return IDENTITY;
    }

    /** Mirrors left and right in a frame of this width. */
    public static Placement mirrorX(double width) {
        return new Placement(-1, 1, width, 0);
    }

    /** Mirrors top and bottom in a frame of this height. */
    public static Placement mirrorY(double height) {
        return new Placement(1, -1, 0, height);
    }

    /** First this placement, then the next. */
    public Placement then(Placement next) {
        return new Placement(
                scaleX * next.scaleX,
                scaleY * next.scaleY,
                shiftX * next.scaleX + next.shiftX,
                shiftY * next.scaleY + next.shiftY);
    }

    public Placement inverse() {
        return new Placement(1 / scaleX, 1 / scaleY, -shiftX / scaleX, -shiftY / scaleY);
    }

    /** The box in the other frame; not clipped. */
    public Box apply(Box box) {
        double xa = scaleX * box.x1() + shiftX;
        double xb = scaleX * box.x2() + shiftX;
        double ya = scaleY * box.y1() + shiftY;
        double yb = scaleY * box.y2() + shiftY;
        return new Box(scaleX > 0 ? xa : xb, scaleY > 0 ? ya : yb, scaleX > 0 ? xb : xa, scaleY > 0 ? yb : ya);
    }

    /** By how much areas grow: {@code |scaleX scaleY|}. */
    public double areaFactor() {
        return Math.abs(scaleX * scaleY);
    }
}
