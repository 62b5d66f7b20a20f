package dev.parfocal.cli.tune;

import dev.parfocal.cli.chart.Curve;
import dev.parfocal.cli.chart.Dot;
import dev.parfocal.cli.chart.Figure;
import dev.parfocal.cli.chart.Panel;
import dev.parfocal.cli.chart.Ramp;
import dev.parfocal.cli.chart.Tile;
import dev.parfocal.cli.text.Counts;
import dev.parfocal.tune.importance.Importance;
import dev.parfocal.tune.importance.Landscape;
import dev.parfocal.tune.space.Domain;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.Whole;
import dev.parfocal.tune.study.History;
import dev.parfocal.tune.study.State;
import dev.parfocal.tune.study.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The picture of a search: the metric trial by trial, what is believed of it along each of the most important numbers, and
 * its surface over the two most important ones, all else as in the best trial.
 */
public final class SearchFigure {
    private static final int SLICES = 4;
    private static final int POINTS = 60;
    private static final int CELLS = 28;

    private final History history;
    private final Landscape landscape;
    private final String metric;

    private SearchFigure(History history, Landscape landscape) {
        this.history = history;
        this.landscape = landscape;
        metric = history.metrics().get(0).name();
    }

    /** The figure of a study that has a best trial. */
    public static Figure of(History history, Trial best, List<Importance> importance) {
        List<Figure.Row> rows = new ArrayList<>();
        List<Panel> first = new ArrayList<>(List.of(course(history)));
        Landscape.around(best.point(), history, 0).ifPresent(landscape -> {
            SearchFigure figure = new SearchFigure(history, landscape);
            List<Importance> numbers = importance.stream()
                    .filter(each -> landscape.numbers().contains(each.variable()))
                    .toList();
            if (numbers.size() > 1) {
                first.add(
                        figure.surface(numbers.get(0).variable(), numbers.get(1).variable()));
            }
            List<Panel> slices =
                    numbers.stream().limit(SLICES).map(figure::slice).toList();
            for (int i = 0; i < slices.size(); i += 2) {
                rows.add(new Figure.Row(true, slices.subList(i, Math.min(i + 2, slices.size()))));
            }
        });
        rows.add(0, new Figure.Row(false, first));
        return new Figure(
                "search of " + Counts.of(history.trials().size(), "trial"),
                "best " + history.metrics().get(0).name() + " " + TuneReport.value(history, best, 0) + ": "
                        + TuneReport.settings(history, best),
                List.of(),
                rows);
    }

    private static List<Trial> complete(History history) {
        return history.in(State.COMPLETE).toList();
    }

    private static double value(History history, Trial trial) {
        return trial.metrics().getOrDefault(history.metrics().get(0).name(), Double.NaN);
    }

    private static Panel course(History history) {
        List<Trial> trials = complete(history);
        boolean maximize = history.metrics().get(0).maximize();
        double[] x = trials.stream().mapToDouble(Trial::number).toArray();
        double[] best =
                trials.stream().mapToDouble(trial -> value(history, trial)).toArray();
        List<Dot> dots = new ArrayList<>();
        for (int i = 0; i < x.length; i++) {
            dots.add(new Dot(x[i], best[i]));
            if (i > 0) {
                best[i] = maximize ? Math.max(best[i - 1], best[i]) : Math.min(best[i - 1], best[i]);
            }
        }
        return new Panel(
                "trials, and the best so far",
                "trial",
                history.metrics().get(0).name(),
                List.of(new Curve(0, x, best)),
                List.of(),
                dots);
    }

    private Panel slice(Importance importance) {
        String name = importance.variable();
        double[] values = landscape.values(name, POINTS);
        double[] y = Arrays.stream(values)
                .map(value -> landscape.at(List.of(name), value))
                .toArray();
        double[] x = Arrays.stream(values).map(value -> onAxis(name, value)).toArray();
        List<Dot> dots = complete(history).stream()
                .filter(trial -> trial.point().has(name))
                .map(trial -> new Dot(onAxis(name, trial.point().value(name)), value(history, trial)))
                .toList();
        return new Panel(
                "explains " + TuneReport.percent(importance.total()),
                label(name),
                metric,
                List.of(new Curve(0, x, y)),
                List.of(),
                dots);
    }

    private Panel surface(String across, String up) {
        double[] xs = landscape.values(across, CELLS);
        double[] ys = landscape.values(up, CELLS);
        double[][] values = new double[xs.length][ys.length];
        for (int i = 0; i < xs.length; i++) {
            for (int j = 0; j < ys.length; j++) {
                values[i][j] = landscape.at(List.of(across, up), xs[i], ys[j]);
            }
        }
        double low = Arrays.stream(values).flatMapToDouble(Arrays::stream).min().orElse(0);
        double high =
                Arrays.stream(values).flatMapToDouble(Arrays::stream).max().orElse(1);
        double[] x = edges(Arrays.stream(xs).map(value -> onAxis(across, value)).toArray());
        double[] y = edges(Arrays.stream(ys).map(value -> onAxis(up, value)).toArray());
        List<Tile> tiles = new ArrayList<>();
        for (int i = 0; i < xs.length; i++) {
            for (int j = 0; j < ys.length; j++) {
                int color = Ramp.color((values[i][j] - low) / Math.max(high - low, 1e-12));
                tiles.add(new Tile(x[i], y[j], x[i + 1], y[j + 1], color));
            }
        }
        List<Dot> dots = complete(history).stream()
                .filter(trial -> trial.point().has(across) && trial.point().has(up))
                .map(trial -> new Dot(
                        onAxis(across, trial.point().value(across)),
                        onAxis(up, trial.point().value(up))))
                .toList();
        String title = String.format(Locale.ROOT, "%s from %.3f (dark) to %.3f (bright)", metric, low, high);
        return new Panel(title, label(across), label(up), List.of(), tiles, dots);
    }

    /** The borders of cells around ascending centres. */
    private static double[] edges(double[] centres) {
        int n = centres.length;
        double[] edges = new double[n + 1];
        for (int i = 1; i < n; i++) {
            edges[i] = (centres[i - 1] + centres[i]) / 2;
        }
        double first = n > 1 ? edges[1] - centres[0] : 0.5;
        double last = n > 1 ? centres[n - 1] - edges[n - 1] : 0.5;
        edges[0] = centres[0] - first;
        edges[n] = centres[n - 1] + last;
        return edges;
    }

    private boolean isLog(String name) {
        Domain domain = history.space().variable(name).domain();
        return domain instanceof Real real && real.scale() == Scale.LOG
                || domain instanceof Whole whole && whole.scale() == Scale.LOG;
    }

    private double onAxis(String name, double value) {
        return isLog(name) ? Math.log10(value) : value;
    }

    private String label(String name) {
        return isLog(name) ? "log10 " + name : name;
    }
}
