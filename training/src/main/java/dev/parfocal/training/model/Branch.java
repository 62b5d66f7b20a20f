package dev.parfocal.training.model;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.engine.Tensor;

/**
 * An output of a model beside classes and sides, on the same features.
 *
 * @param name of the output and of its weights
 * @param place what it is computed from
 * @param outputs how many numbers, at least 1: per point, or per image
 * @param link brings the last layer's numbers into range
 * @param bias that the last layer starts with, before the link
 */
public record Branch(String name, Place place, int outputs, Link link, double bias) {

    /** What an output is computed from. */
    public enum Place {
        /** The tower of the box branch: a number per anchor point, {@code [batch, anchors, outputs]}. */
        BOX,
        /** The mean and the largest value of every channel of every level: {@code [batch, outputs]}. */
        IMAGE
    }

    /** What follows the last layer. */
    public enum Link {
        /** Nothing: logits. */
        NONE,
        /** log(1 + exp(x)): numbers above 0. */
        SOFTPLUS;

        /** The numbers behind the link. */
        public Tensor of(Tensor x) {
            return this == NONE ? x : x.softplus();
        }
    }

    /** Checks the range. */
    public Branch {
        if (outputs < 1) {
            throw new ParfocalException("the branch " + name + " needs 1 output or more, not " + outputs);
        }
    }
}
