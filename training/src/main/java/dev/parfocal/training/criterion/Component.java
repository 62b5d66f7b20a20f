package dev.parfocal.training.criterion;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Evaluation;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import dev.parfocal.core.loss.Weights;
import java.nio.file.Path;
import java.util.Map;

/** A configured loss, ready to be evaluated. */
record Component(LossComponent config, LossFunction function) {

    /**
     * Resolves a configured loss.
     *
     * @param role its key in the configuration
     * @param kind what the role needs
     * @param rowLength of a row loss, else 0
     */
    static Component of(String role, LossComponent config, Kind kind, int rowLength) {
        Loss loss = resolve(config);
        if (loss.kind() != kind) {
            throw new ParfocalException("loss." + role + " needs a loss of kind " + kind + ", but " + config.loss()
                    + " is of kind " + loss.kind());
        }
        return new Component(config, LossFunction.of(rowLength > 0 ? loss.withRowLength(rowLength) : loss));
    }

    /** The loss that a component names, with its parameters set. */
    static Loss resolve(LossComponent config) {
        Loss loss = config.loss().endsWith(".loss") ? Loss.read(Path.of(config.loss())) : Catalogue.get(config.loss());
        for (Map.Entry<String, Double> parameter : config.set().entrySet()) {
            loss = loss.with(parameter.getKey(), parameter.getValue());
        }
        return loss;
    }

    /** Value and gradient, both times the component's weight. */
    Evaluation evaluate(Batch batch, Normalizer normalizer, Weights weights, Floats gradient) {
        Options options = Options.of(normalizer).withWeights(weights).withScale(config.weight());
        return function.evaluate(batch, options, gradient);
    }
}
