package dev.parfocal.core.export;

import dev.parfocal.core.loss.Loss;
import java.util.Locale;
import java.util.Map;

/** A loss as a header in C99. */
final class CHeader {

    private CHeader() {}

    static String of(Loss loss, String version) {
        String guard = "PARFOCAL_" + loss.name().toUpperCase(Locale.ROOT) + "_H";
        return String.join("\n", Origin.lines(loss, version, "//"))
                + "\n\n#ifndef " + guard + "\n#define " + guard + "\n\n"
                + Template.filled("prelude.h", Map.of()) + "\n"
                + Template.filled(resource(loss), new CPlaces(loss).all()) + "\n#endif\n";
    }

    private static String resource(Loss loss) {
        return switch (loss.kind()) {
            case POINTWISE -> "pointwise.h";
            case ROW -> "rows.h";
            case BOX -> "boxes.h";
        };
    }
}
