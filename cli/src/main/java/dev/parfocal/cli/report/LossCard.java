package dev.parfocal.cli.report;

import dev.parfocal.cli.plot.LossFigure;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import java.util.List;
import java.util.Map;

/**
 * A loss on a page.
 *
 * @param role what it is for
 * @param text its declaration, with its parameters as they were
 */
public record LossCard(String role, String name, String summary, String text, TextTable parameters, Chart curves) {

    /** The card of a loss with its parameters set. */
    static LossCard of(String role, Loss loss) {
        TextTable parameters = new TextTable("parameter", ">value", "range", "meaning");
        for (Parameter parameter : loss.parameters()) {
            parameters.row(
                    parameter.name(),
                    Numbers.shown(loss.parameter(parameter.name())),
                    parameter.range(),
                    parameter.meaning());
        }
        Chart curves = Chart.of(
                "Value and gradient",
                "",
                LossFigure.of(loss.name(), "", List.of(new LossFigure.Named(loss.name(), loss)), Map.of()));
        return new LossCard(role, loss.name(), loss.summary(), loss.text(), parameters, curves);
    }
}
