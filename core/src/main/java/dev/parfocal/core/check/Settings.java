package dev.parfocal.core.check;

import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values that a loss is checked with: as it is, for each class, and each parameter and each state at each of its ends. */
final class Settings {

    /** The longest row that is checked. */
    private static final int LONGEST_ROW = 33;

    private Settings() {}

    static List<Loss> of(Loss given) {
        List<Loss> settings = new ArrayList<>();
        int classes =
                given.perClass().values().stream().mapToInt(List::size).max().orElse(1);
        for (int number = 0; number < classes; number++) {
            settings.add(given.ofClass(number));
        }
        Loss loss = settings.get(0);
        for (Parameter parameter : loss.parameters()) {
            settings.add(loss.with(parameter.name(), parameter.min()));
            settings.add(loss.with(parameter.name(), upper(loss, parameter)));
        }
        for (State state : loss.states()) {
            settings.add(loss.with(state.name(), state.min()));
            settings.add(loss.with(state.name(), state.max()));
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

    /** The parameters and states that do not have their defaults: {@code gamma = 0}. */
    static String changed(Loss loss) {
        Stream<String> parameters = loss.parameters().stream()
                .filter(parameter -> loss.parameter(parameter.name()) != parameter.defaultValue())
                .map(Parameter::name);
        Stream<String> states = loss.states().stream()
                .filter(state -> loss.parameter(state.name()) != state.initialValue())
                .map(State::name);
        return Stream.concat(parameters, states)
                .map(name -> name + " = " + Numbers.shown(loss.parameter(name)))
                .collect(Collectors.joining(", "));
    }
}
