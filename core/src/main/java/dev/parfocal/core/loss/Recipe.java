package dev.parfocal.core.loss;

import dev.parfocal.core.language.NormalizeBy;
import java.util.OptionalDouble;

/**
 * How a loss is meant to be trained with. Without its recipe a loss that is better on paper is worse in a detector.
 *
 * @param normalizer what the sum over a batch is divided by
 * @param prior the probability that the last layer's bias should start at, -log((1 - prior) / prior); empty if the loss
 *     needs none
 * @param weight the weight of this loss beside the detector's others
 */
public record Recipe(NormalizeBy normalizer, OptionalDouble prior, double weight) {}
