package dev.parfocal.detection.truth;

/** Walks through the images of one class that have objects or detections. */
public final class ImageRuns {

    private ImageRuns() {}

    /** Is told of an image: its number, and its objects and detections as positions in their groupings. */
    @FunctionalInterface
    public interface Visitor {
        void visit(int image, int fromObject, int toObject, int from, int to);
    }

    /** Visits the images of a class in ascending order. */
    public static void each(GroupedRows objects, GroupedRows found, int label, Visitor visitor) {
        int d = found.start(label);
        int g = objects.start(label);
        while (d < found.end(label) || g < objects.end(label)) {
            int ofDetection = d < found.end(label) ? found.image(d) : Integer.MAX_VALUE;
            int ofObject = g < objects.end(label) ? objects.image(g) : Integer.MAX_VALUE;
            int nextD = ofDetection <= ofObject ? found.endOfImage(d, found.end(label)) : d;
            int nextG = ofObject <= ofDetection ? objects.endOfImage(g, objects.end(label)) : g;
            visitor.visit(Math.min(ofDetection, ofObject), g, nextG, d, nextD);
            d = nextD;
            g = nextG;
        }
    }
}
