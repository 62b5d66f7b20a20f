package dev.parfocal.core.export;

import dev.parfocal.core.language.NormalizeBy;
import dev.parfocal.core.loss.Input;
import dev.parfocal.core.loss.KernelFormulas;
import dev.parfocal.core.loss.Loss;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What fills the templates of C and CUDA for one loss. */
final class CPlaces {

    private final Loss loss;
    private final ElementText element;

    CPlaces(Loss loss) {
        this.loss = loss;
        element = new ElementText(loss);
    }

    Map<String, String> all() {
        List<String> given = element.given();
        Map<String, String> places = new HashMap<>(element.places());
        places.put("NAME", element.name());
        places.put("LOGIT", element.predicted().get(0));
        places.put("PREDICTED_NAMES", String.join(", ", element.predicted()));
        places.put("GIVEN_NAMES", String.join(", ", given));
        places.put("WIDTH", Integer.toString(element.predicted().size()));
        places.put("TARGET_WIDTH", Integer.toString(given.size()));
        places.put("BINS", Integer.toString(loss.predicted().get(0).length()));
        places.put("GIVEN_RANGES", loss.given().stream().map(CPlaces::range).collect(Collectors.joining("; ")));
        places.put("GIVEN_PARAMETERS", each(given, ", float %s"));
        places.put("GIVEN_POINTERS", each(given, ", const float *%s"));
        places.put("GIVEN_AT", each(given, ", %s[i]"));
        places.put("GIVEN_NAMES_AFTER", each(given, ", %s"));
        places.put("CLASS_NAMES", "");
        places.put("CLASS_PARAMETERS", "");
        places.put("CLASS_POINTERS", "");
        places.put("CLASS_AT", "");
        places.put("CLASS_SHAPES", "");
        places.put("GIVEN_SPARSE", sparse());
        places.put("IS_SET", isSet());
        places.put("QUALITY", given.isEmpty() ? "0.0" : "(double)" + given.get(0) + "[i]");
        KernelFormulas.Summation summation = element.formulas().summation();
        places.put("TILE", Integer.toString(summation.tile()));
        places.put("TILES", Integer.toString(summation.tiles()));
        places.put("NORMALIZER", loss.recipe().normalizer().meaning());
        places.put("DIVISOR", divisor(loss.recipe().normalizer()));
        places.putAll(new StateText(loss, element).places());
        return places;
    }

    private static String range(Input input) {
        return Identifiers.C.of(input.name()) + " is " + input.range();
    }

    private static String each(List<String> names, String format) {
        return names.stream().map(name -> format.formatted(name)).collect(Collectors.joining());
    }

    private String sparse() {
        return IntStream.range(0, loss.given().size())
                .mapToObj(i -> loss.given().get(i).name().equals("label") ? "1.0f" : "quality[anchor]")
                .map(number -> ", is_label ? " + number + " : 0.0f")
                .collect(Collectors.joining());
    }

    /** Whether anything is given but plus 0. */
    private String isSet() {
        return element.given().isEmpty()
                ? "1"
                : element.given().stream()
                        .map(name -> "pf_bits(" + name + "[i]) != 0u")
                        .collect(Collectors.joining(" || "));
    }

    private static String divisor(NormalizeBy normalizer) {
        return switch (normalizer) {
            case NONE -> "1.0";
            case ELEMENTS, POSITIVES, QUALITY -> "%1$s > 1.0 ? %1$s : 1.0".formatted(normalizer.keyword());
        };
    }
}
