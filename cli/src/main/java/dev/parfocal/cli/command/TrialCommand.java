package dev.parfocal.cli.command;

import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.tune.SearchNames;
import dev.parfocal.cli.tune.TrainingObjective;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.tune.run.TrialProcess;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code parfocal tune-trial}: one trial of {@code tune} in a process of its own; its words are for the driver. */
@Command(name = "tune-trial", hidden = true, description = "Does one trial of 'tune', told on standard input.")
public final class TrialCommand implements Callable<Integer> {

    @Option(names = "--study", required = true, paramLabel = "DIR", description = "The study's folder.")
    private Path study = Path.of("");

    @Option(names = "--metric", required = true, paramLabel = "NAME", description = "What to report.")
    private String metric = "";

    @Override
    public Integer call() throws IOException {
        Configuration<RunConfig> given = RunConfig.configuration().overlay(study.resolve("config.yaml"));
        RunConfig config = given.value();
        SearchNames names =
                new SearchNames(given, LossArgument.of(config.classification().loss()));
        TrainingObjective objective =
                new TrainingObjective(config, names, DataParts.read(config.data()), study, metric);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        TrialProcess.serve(System.in, out, objective);
        return ExitCode.OK;
    }
}
