package dev.parfocal.core.accuracy;

import dev.parfocal.core.loss.Loss;

/** Losses of one minus the target: at a target of zero they run the code of the loss's positives. */
final class Mirrored {

    private static final String TARGET = "target in [0, 1]";

    private Mirrored() {}

    static Loss of(Loss loss) {
        String text = loss.text()
                .replace(TARGET, "mirrored in [0, 1]")
                .replace("p = sigmoid(logit)", "target = 1 - mirrored\np = sigmoid(logit)");
        Loss mirrored = Loss.parse(text);
        for (var parameter : loss.parameters()) {
            mirrored = mirrored.with(parameter.name(), loss.parameter(parameter.name()));
        }
        return mirrored;
    }
}
