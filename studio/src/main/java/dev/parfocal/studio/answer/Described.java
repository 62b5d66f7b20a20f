package dev.parfocal.studio.answer;

import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.language.FormulaPrinter;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.NamedProgram;
import dev.parfocal.core.loss.Parameter;
import dev.parfocal.core.loss.State;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to know of a loss.
 *
 * @param name its name
 * @param kind pointwise, row or box
 * @param summary its first line
 * @param predicted its predicted inputs
 * @param given its given inputs
 * @param parameters its parameters and states, each a slider
 * @param rowLength how many numbers a row has; 0 if there is none
 * @param recipe how it is trained with, in words
 * @param stable its value in stable form, in lines
 * @param gradient its gradient in stable form, in lines
 */
public record Described(
        String name,
        String kind,
        String summary,
        List<Number> predicted,
        List<Number> given,
        List<Slider> parameters,
        int rowLength,
        String recipe,
        List<String> stable,
        List<String> gradient) {

    /**
     * An input.
     *
     * @param range its legal values, in words
     */
    public record Number(String name, double min, double max, boolean integer, String range) {
        static Number of(Input input) {
            return new Number(input.name(), input.min(), input.max(), input.integer(), input.range());
        }
    }

    /** A parameter, or the value that a state starts from. */
    public record Slider(
            String name, double value, double usual, double min, double max, boolean integer, String meaning) {}

    /** A loss of the catalogue by its name, group, kind and text. */
    public record Entry(String name, String group, String kind, String summary, String text) {}

    /** All of the catalogue. */
    public static List<Entry> catalogue() {
        return Catalogue.byGroup().entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .map(loss ->
                                new Entry(loss.name(), group.getKey().word(), kind(loss), loss.summary(), loss.text())))
                .toList();
    }

    /** What there is to know of one. */
    public static Described of(Choice choice) {
        Loss loss = choice.loss();
        return new Described(
                loss.name(),
                kind(loss),
                loss.summary(),
                loss.predicted().stream().map(Number::of).toList(),
                loss.declaredGiven().stream().map(Number::of).toList(),
                Stream.concat(
                                loss.parameters().stream().map(each -> slider(loss, each)),
                                loss.states().stream().map(each -> slider(loss, each)))
                        .toList(),
                loss.predicted().get(0).isRow() ? loss.predicted().get(0).length() : 0,
                "divided by " + loss.recipe().normalizer().meaning(),
                stable(loss),
                loss.gradientText());
    }

    private static String kind(Loss loss) {
        return loss.kind().name().toLowerCase(Locale.ROOT);
    }

    private static Slider slider(Loss loss, Parameter each) {
        return new Slider(
                each.name(),
                loss.parameter(each.name()),
                each.defaultValue(),
                each.min(),
                each.max(),
                each.integer(),
                each.meaning());
    }

    private static Slider slider(Loss loss, State each) {
        return new Slider(
                each.name(),
                loss.parameter(each.name()),
                each.initialValue(),
                each.min(),
                each.max(),
                false,
                "state at the start: " + each.meaning());
    }

    private static List<String> stable(Loss loss) {
        Set<String> free = Stream.concat(
                        loss.parameters().stream().map(Parameter::name),
                        loss.states().stream().map(State::name))
                .collect(Collectors.toSet());
        loss.rowParameter().ifPresent(free::remove);
        NamedProgram named = loss.named(free);
        return FormulaPrinter.print(Map.of("", named.program().value()), named.names());
    }
}
