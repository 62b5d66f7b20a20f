package dev.parfocal.core.check;

import dev.parfocal.core.language.Formula;
import dev.parfocal.core.loss.Loss;
import java.util.List;

/** The values that the text states, to the digits that it writes. They are stated for the parameters' defaults. */
final class ExampleCheck implements Check {

    @Override
    public Finding run(List<Variant> variants) {
        Loss loss = Loss.parse(variants.get(0).loss().text());
        if (loss.examples().isEmpty()) {
            return Finding.skipped("examples", "the text states none");
        }
        for (Formula.Example example : loss.examples()) {
            double[] predicted =
                    example.predicted().stream().mapToDouble(x -> x).toArray();
            double[] given = example.given().stream().mapToDouble(x -> x).toArray();
            Loss sized = loss.predicted().get(0).isRow() ? loss.withRowLength(predicted.length) : loss;
            double value = new Oracle(sized.program()).at(predicted, given).value();
            if (!(Math.abs(value - example.value()) <= example.tolerance() * (1 + 1e-9))) {
                return Finding.of(
                        "examples", false, "is " + value + ", stated " + example.value(), "line " + example.line());
            }
        }
        return Finding.of("examples", true, loss.examples().size() + " stated values hold", "");
    }
}
