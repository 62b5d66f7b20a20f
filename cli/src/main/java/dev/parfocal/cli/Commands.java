package dev.parfocal.cli;

import dev.parfocal.cli.command.CheckCommand;
import dev.parfocal.cli.command.CompareCommand;
import dev.parfocal.cli.command.ComputeCommand;
import dev.parfocal.cli.command.CrossValidateCommand;
import dev.parfocal.cli.command.DataCommand;
import dev.parfocal.cli.command.DemoCommand;
import dev.parfocal.cli.command.DiagnoseCommand;
import dev.parfocal.cli.command.EvaluateCommand;
import dev.parfocal.cli.command.ExportCommand;
import dev.parfocal.cli.command.LintCommand;
import dev.parfocal.cli.command.LossesCommand;
import dev.parfocal.cli.command.ModelsCommand;
import dev.parfocal.cli.command.PlotCommand;
import dev.parfocal.cli.command.PredictCommand;
import dev.parfocal.cli.command.ReplayCommand;
import dev.parfocal.cli.command.ReportCommand;
import dev.parfocal.cli.command.ShowCommand;
import dev.parfocal.cli.command.SignalsCommand;
import dev.parfocal.cli.command.StudioCommand;
import dev.parfocal.cli.command.SynthCommand;
import dev.parfocal.cli.command.TrainCommand;
import dev.parfocal.cli.command.TrialCommand;
import dev.parfocal.cli.command.TuneCommand;
import dev.parfocal.cli.command.WeightsCommand;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The commands by name. One is loaded when it is asked for, which halves the time that the program takes to start. */
final class Commands {

    /** In the order of the help. */
    static final List<String> NAMES = List.of(
            "demo",
            "losses",
            "models",
            "weights",
            "show",
            "compute",
            "check",
            "plot",
            "export",
            "studio",
            "train",
            "diagnose",
            "signals",
            "evaluate",
            "data",
            "lint",
            "compare",
            "cross-validate",
            "tune",
            "tune-trial",
            "report",
            "predict",
            "replay",
            "synth");

    private Commands() {}

    /** The command that a command line names: its first word that is no option. */
    static Optional<String> named(String[] arguments) {
        return Arrays.stream(arguments)
                .filter(word -> !word.startsWith("-"))
                .findFirst()
                .filter(NAMES::contains);
    }

    static Class<?> of(String name) {
        return switch (name) {
            case "demo" -> DemoCommand.class;
            case "losses" -> LossesCommand.class;
            case "models" -> ModelsCommand.class;
            case "weights" -> WeightsCommand.class;
            case "show" -> ShowCommand.class;
            case "compute" -> ComputeCommand.class;
            case "check" -> CheckCommand.class;
            case "plot" -> PlotCommand.class;
            case "export" -> ExportCommand.class;
            case "studio" -> StudioCommand.class;
            case "train" -> TrainCommand.class;
            case "diagnose" -> DiagnoseCommand.class;
            case "signals" -> SignalsCommand.class;
            case "evaluate" -> EvaluateCommand.class;
            case "data" -> DataCommand.class;
            case "lint" -> LintCommand.class;
            case "compare" -> CompareCommand.class;
            case "cross-validate" -> CrossValidateCommand.class;
            case "tune" -> TuneCommand.class;
            case "tune-trial" -> TrialCommand.class;
            case "report" -> ReportCommand.class;
            case "predict" -> PredictCommand.class;
            case "replay" -> ReplayCommand.class;
            case "synth" -> SynthCommand.class;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
