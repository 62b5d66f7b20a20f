package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.cli.run.SideErrorsFile;
import dev.parfocal.cli.text.TextTable;
import dev.parfocal.detection.outcome.SideErrors;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Whether a detector knows how far off the sides of its boxes are. */
final class UncertaintyChart {
    private UncertaintyChart() {}

    /** Of a run whose boxes are distributions. */
    static Optional<Chart> of(Path run) {
        return SideErrorsFile.read(run).map(UncertaintyChart::chart);
    }

    private static Chart chart(SideErrors errors) {
        TextTable numbers = new TextTable("sides", ">how many", ">mean deviation, pixels", ">mean error, pixels");
        for (int i = 0; i < errors.groups().size(); i++) {
            SideErrors.Group group = errors.groups().get(i);
            String name = i == 0 ? "surest fifth" : i == errors.groups().size() - 1 ? "least sure fifth" : "";
            numbers.row(name, String.valueOf(group.sides()), shown(group.deviation()), shown(group.error()));
        }
        double[] deviations = each(errors, SideErrors.Group::deviation);
        Figure figure = new Figure(
                "Uncertainty of sides",
                "",
                List.of("sides in fifths", "error as large as the deviation"),
                List.of(new Figure.Row(
                        false,
                        List.of(new Panel(
                                "",
                                "standard deviation of the side, pixels",
                                "mean error, pixels",
                                List.of(
                                        new Curve(0, deviations, each(errors, SideErrors.Group::error)),
                                        new Curve(1, deviations, deviations)))))));
        return Chart.of(
                        "Uncertainty of sides",
                        String.format(
                                Locale.ROOT,
                                "The boxes are distributions: the detector says how sure it is of each side. Over the boxes that"
                                        + " found an object, the rank correlation of that deviation with the side's error is"
                                        + " %.2f (1: it ranks the errors perfectly, 0: it says nothing).",
                                errors.correlation()),
                        figure)
                .with(numbers);
    }

    private static double[] each(SideErrors errors, ToDoubleFunction<SideErrors.Group> number) {
        return errors.groups().stream().mapToDouble(number).toArray();
    }

    private static String shown(double pixels) {
        return String.format(Locale.ROOT, "%.2f", pixels);
    }
}
