package dev.parfocal.core.check;

import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The values of parameters that a loss is checked with: as it is, and each parameter at each of its ends. */
final class Settings {

    /** The longest row that is checked. */
    private static final int LONGEST_ROW = 33;

    private Settings() {}

    static List<Loss> of(Loss loss) {
        List<Loss> settings = new ArrayList<>();
        settings.add(loss);
        for (Parameter parameter : loss.parameters()) {
            settings.add(loss.with(parameter.name(), parameter.min()));
            settings.add(loss.with(parameter.name(), upper(loss, parameter)));
        }
        return settings.stream().distinct().toList();
    }

    private static double upper(Loss loss, Parameter parameter) {
        Loss longest = loss.with(parameter.name(), parameter.max());
        boolean sizesRow = longest.predicted().get(0).length() > LONGEST_ROW
                && loss.with(parameter.name(), parameter.min())
                                .predicted()
                                .get(0)
                                .length()
                        != longest.predicted().get(0).length();
        return sizesRow ? LONGEST_ROW : parameter.max();
    }

    /** The parameters that do not have their defaults: {@code gamma = 0}. */
    static String changed(Loss loss) {
        return loss.parameters().stream()
                .filter(parameter -> loss.parameter(parameter.name()) != parameter.defaultValue())
                .map(parameter -> parameter.name() + " = " + Numbers.shown(loss.parameter(parameter.name())))
                .collect(Collectors.joining(", "));
    }
}
