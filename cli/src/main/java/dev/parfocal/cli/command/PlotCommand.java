package dev.parfocal.cli.command;

import dev.parfocal.cli.chart.Pictures;
import dev.parfocal.cli.plot.LossFigure;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code parfocal plot}. */
@Command(
        name = "plot",
        description = {
            "Draw the curves of a loss: its value above, its gradient below.",
            "",
            "A pointwise loss is drawn over the logit, for a positive and a negative target. A row loss is drawn over"
                    + " the position of the predicted distribution, or over one class's logit. A box loss is drawn for a"
                    + " box that is moved, enlarged and stretched against its target.",
            "",
            "A parameter with several values gives a curve for each of them; several losses with the same inputs are"
                    + " drawn together, a curve each. Curves differ in colour and dashes."
        },
        footer = {
            "Examples:",
            "  parfocal plot focal --set gamma=0,0.5,1,2,5 --output focal.svg",
            "  parfocal plot focal varifocal quality_focal          compare losses",
            "  parfocal plot quality_focal --at target=1,0.6,0      choose the targets",
            "  parfocal plot iou giou diou ciou --output boxes.png",
        })
public final class PlotCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "NAME|FILE",
            description = "Losses of the catalogue (see 'parfocal losses'), or .loss files.")
    private List<String> sources = new ArrayList<>();

    @Option(
            names = "--set",
            paramLabel = "PARAMETER=VALUE,...",
            description = "Values of a parameter, a curve for each. May be repeated; then every combination is drawn. "
                    + "A list in brackets, alpha=[0.25,0.5], has a value for each class, and a curve for each class.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--at",
            paramLabel = "INPUT=VALUE,...",
            description = "Values of a given input, a column of panels for each. Default: a positive and a negative.")
    private Map<String, String> inputs = new LinkedHashMap<>();

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the picture goes, .svg or .png. Default: the name of the loss, .svg.")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        List<Loss> losses = sources.stream().map(LossArgument::of).toList();
        Map<String, String> uniform = new LinkedHashMap<>(settings);
        uniform.values().removeIf(Settings::isPerClass);
        List<Map<String, Double>> combinations = Settings.combinations(uniform);
        List<LossFigure.Named> curves = new ArrayList<>();
        for (Loss loss : losses) {
            for (Map<String, Double> combination : combinations) {
                curves.addAll(curves(name(loss, combination), with(loss, combination)));
            }
        }
        if (curves.size() > Pictures.distinctStyles()) {
            throw new ParfocalException(
                    curves.size() + " curves cannot be told apart; " + Pictures.distinctStyles() + " at most");
        }
        Map<String, List<Double>> at = new LinkedHashMap<>();
        inputs.forEach((name, values) -> at.put(name, Settings.numbers(name, values)));
        Path file = output == null ? Path.of(losses.get(0).name() + ".svg") : output;
        Pictures.write(LossFigure.of(title(losses), subtitle(losses), curves, at), file);
        spec.commandLine().getOut().println(file);
        return ExitCode.OK;
    }

    /** A curve for each class where a parameter has a value for each, else one. */
    private List<LossFigure.Named> curves(String name, Loss loss) {
        Loss set = loss;
        int classes = 0;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            if (Settings.isPerClass(setting.getValue())) {
                List<Double> numbers = Settings.perClass(setting.getKey(), setting.getValue());
                set = set.withPerClass(setting.getKey(), numbers);
                classes = Math.max(classes, numbers.size());
            }
        }
        if (classes == 0) {
            return List.of(new LossFigure.Named(name, loss));
        }
        List<LossFigure.Named> curves = new ArrayList<>();
        for (int number = 0; number < classes; number++) {
            String own = "class " + number;
            curves.add(new LossFigure.Named(name.isEmpty() ? own : name + ", " + own, set.ofClass(number)));
        }
        return curves;
    }

    private static Loss with(Loss loss, Map<String, Double> values) {
        Loss result = loss;
        for (var value : values.entrySet()) {
            result = result.with(value.getKey(), value.getValue());
        }
        return result;
    }

    /** What tells this curve from the others: the loss if there are several, the parameters that vary. */
    private String name(Loss loss, Map<String, Double> values) {
        List<String> words = new ArrayList<>();
        if (sources.size() > 1) {
            words.add(loss.name());
        }
        values.forEach((parameter, value) -> {
            if (varies(parameter)) {
                words.add(parameter + " = " + Numbers.shown(value));
            }
        });
        return String.join(", ", words);
    }

    private boolean varies(String parameter) {
        return settings.getOrDefault(parameter, "").contains(",");
    }

    private static String title(List<Loss> losses) {
        return losses.stream().map(Loss::name).collect(Collectors.joining(", "));
    }

    /** What a single loss is, and the parameters that all its curves share. */
    private String subtitle(List<Loss> losses) {
        if (losses.size() > 1) {
            return fixed(losses.get(0), settings.keySet().stream().toList());
        }
        Loss loss = losses.get(0);
        String fixed =
                fixed(loss, loss.parameters().stream().map(Parameter::name).toList());
        String summary = loss.summary();
        return summary.isEmpty() || fixed.isEmpty() ? summary + fixed : summary + " Here " + fixed + ".";
    }

    private String fixed(Loss loss, List<String> parameters) {
        return parameters.stream()
                .filter(parameter -> !varies(parameter))
                .map(parameter -> parameter + " = "
                        + (settings.containsKey(parameter)
                                ? String.valueOf(settings.get(parameter))
                                : Numbers.shown(loss.parameter(parameter))))
                .collect(Collectors.joining(", "));
    }
}
