package dev.parfocal.core.loss;

import dev.parfocal.core.language.Formula;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.rewrite.Domain;
import dev.parfocal.core.rewrite.StableForms;
import java.util.HashMap;
import java.util.Map;

/** Refuses a loss that may read a row beyond its ends, whatever is given. */
final class RowIndices {

    private RowIndices() {}

    static void check(Formula.Pick pick, Loss loss) {
        Map<String, Domain> domains = new HashMap<>(loss.domains());
        loss.parameters().forEach(parameter -> {
            double value = loss.parameter(parameter.name());
            domains.put(parameter.name(), new Domain(value, value, parameter.integer()));
        });
        Domain index = StableForms.range(pick.index(), domains);
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
}
