package dev.parfocal.core.accuracy;

import dev.parfocal.core.loss.Loss;
import java.util.regex.Pattern;

/** Losses of one minus the target: at a target of zero they run the code of the loss's positives. */
final class Mirrored {

    private static final Pattern TARGET = Pattern.compile("(?m)(^loss .*; )target( in [\\[{]0, 1[]}]\\))");
    private static final String PROBABILITY = "p = sigmoid(logit)";

    private Mirrored() {}

    /** Whether a loss has one target and says what its probability is. */
    static boolean isPossible(Loss loss) {
        return TARGET.matcher(loss.text()).find()
                && loss.text().contains(PROBABILITY)
                && loss.states().isEmpty();
    }

    static Loss of(Loss loss) {
        String text = TARGET.matcher(loss.text())
                .replaceFirst("$1mirrored$2")
                .replace(PROBABILITY, "target = 1 - mirrored\n" + PROBABILITY);
        Loss mirrored = Loss.parse(text);
        for (var parameter : loss.parameters()) {
            mirrored = mirrored.with(parameter.name(), loss.parameter(parameter.name()));
        }
        return mirrored;
    }
}
