package dev.parfocal.cli.report;

import dev.parfocal.cli.chart.Pictures;
import dev.parfocal.cli.plot.LossFigure;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The curves of several losses: those that take the same inputs stand in one chart. */
final class LossCurves {

    private LossCurves() {}

    /** By what each is called. */
    static List<Chart> of(Map<String, Loss> losses) {
        Map<List<Object>, List<LossFigure.Named>> alike = new LinkedHashMap<>();
        losses.forEach((name, loss) -> alike.computeIfAbsent(
                        List.of(loss.kind(), loss.predicted(), loss.declaredGiven()), key -> new ArrayList<>())
                .add(new LossFigure.Named(name, loss)));
        return alike.values().stream().map(LossCurves::chart).toList();
    }

    private static Chart chart(List<LossFigure.Named> losses) {
        List<LossFigure.Named> shown = losses.subList(0, Math.min(losses.size(), Pictures.distinctStyles()));
        String title = shown.size() == 1 ? shown.get(0).name() : "Value and gradient";
        return Chart.of(title, "", LossFigure.of(title, "", shown, Map.of()));
    }
}
