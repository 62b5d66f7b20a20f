package dev.parfocal.core.loss;

import dev.parfocal.core.language.Formula;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.rewrite.Domain;
import dev.parfocal.core.rewrite.StableForms;
import java.util.HashMap;
import java.util.Map;

/** Refuses a loss that may read a row beyond its ends, or at no temperature, whatever is given. */
final class RowIndices {

    private RowIndices() {}

    static void checkIndex(Formula.Pick pick, Loss loss) {
        Map<String, Domain> domains = new HashMap<>(loss.domains());
        loss.parameters().forEach(parameter -> {
            double value = loss.parameter(parameter.name());
            domains.put(parameter.name(), new Domain(value, value, parameter.integer()));
        });
        Domain index = StableForms.range(pick.number(), domains);
        Input row = loss.predicted().get(0);
        int last = row.length() - 1;
        if (index.low() < 0 || index.high() > last) {
            throw loss.error(
                    pick.offset(),
                    "this index may be " + Numbers.shown(index.low() < 0 ? index.low() : index.high())
                            + ", but the row '"
                            + row.name() + "' has the indices 0 to " + last
                            + "; declare the range of what is given, in [0, " + last
                            + "] integer, or hold it inside: min(max(…, 0), " + last + ")");
        }
    }

    static void checkTemperature(Formula.Pick temperature, Loss loss) {
        Domain range = StableForms.range(temperature.number(), loss.domains());
        if (!(range.low() > 0)) {
            throw loss.error(
                    temperature.offset(),
                    "this temperature may be " + Numbers.shown(range.low())
                            + "; it must be above 0: declare its range, as in param temperature = 5 in [0.1, 100]");
        }
    }
}
