package dev.parfocal.cli.command;

import dev.parfocal.core.loss.Loss;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The argument NAME|FILE and the parameters that {@code --set} gives other values. */
final class AdjustedLoss {

    @Mixin
    private LossArgument argument = new LossArgument();

    @Option(
            names = "--set",
            paramLabel = "PARAMETER=VALUE",
            description = {
                "Give a parameter another value than its default. May be repeated.",
                "A parameter that may differ from class to class takes a list, alpha=[0.25,0.5], one for each class."
            })
    private Map<String, String> settings = new LinkedHashMap<>();

    /** The files that the loss is read from. */
    List<Path> files() {
        return argument.files();
    }

    /** The loss, its parameters set. */
    Loss loss() {
        Loss loss = argument.loss();
        for (var setting : settings.entrySet()) {
            loss = Settings.apply(loss, setting.getKey(), setting.getValue());
        }
        return loss;
    }
}
