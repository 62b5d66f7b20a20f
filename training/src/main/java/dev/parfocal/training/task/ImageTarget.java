package dev.parfocal.training.task;

import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.model.Branch;
import java.util.List;
import java.util.Locale;

/** A question about a whole image, asked for every class. */
public enum ImageTarget {
    /** Does it show objects of the class? Learnt as a logit, answered as a probability. */
    PRESENCE(1, Branch.Link.NONE, 0) {
        @Override
        float target(int count) {
            return count > 0 ? 1 : 0;
        }

        @Override
        public float answer(float output) {
            return (float) (1 / (1 + Math.exp(-output)));
        }

        @Override
        double error(float answer, float target) {
            return answer > 0.5 == target > 0.5 ? 0 : 1;
        }
    },
    /** How many objects of the class does it show? Learnt and answered as a number above 0 that starts at 1. */
    COUNT(1000, Branch.Link.SOFTPLUS, 0.541324854612918) {
        @Override
        float target(int count) {
            return count;
        }

        @Override
        public float answer(float output) {
            return output;
        }

        @Override
        double error(float answer, float target) {
            return Math.abs(answer - target);
        }
    };

    /** The target of a class that cannot be told, for a crowd of it is there. */
    static final float UNKNOWN = -1;

    private final double largest;
    private final Branch.Link link;
    private final double bias;

    ImageTarget(double largest, Branch.Link link, double bias) {
        this.largest = largest;
        this.link = link;
        this.bias = bias;
    }

    /** Its word in configurations, reports and metrics. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The largest target that its loss must take. */
    double largest() {
        return largest;
    }

    Branch branch(int classCount) {
        return new Branch(word(), Branch.Place.IMAGE, classCount, link, bias);
    }

    abstract float target(int count);

    /** What a model's output says. */
    public abstract float answer(float output);

    /** How wrong an answer is: 0 for a right one. */
    abstract double error(float answer, float target);

    /**
     * The right answers for an image, {@code [classes]}; {@link #UNKNOWN} for a class of which it shows a crowd.
     *
     * @param objects that it shows
     */
    public float[] targets(List<Annotation> objects, int classCount) {
        int[] counts = new int[classCount];
        boolean[] crowd = new boolean[classCount];
        for (Annotation object : objects) {
            if (object.crowd()) {
                crowd[object.label()] = true;
            } else {
                counts[object.label()]++;
            }
        }
        float[] targets = new float[classCount];
        for (int label = 0; label < classCount; label++) {
            targets[label] = crowd[label] ? UNKNOWN : target(counts[label]);
        }
        return targets;
    }
}
