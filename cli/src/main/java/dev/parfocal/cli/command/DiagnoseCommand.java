package dev.parfocal.cli.command;

import dev.parfocal.cli.run.DataParts;
import dev.parfocal.cli.run.DiagnosisReport;
import dev.parfocal.cli.text.OutputFile;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.diagnose.Diagnosis;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code parfocal diagnose}. */
@Command(
        name = "diagnose",
        description = {
            "Say in plain words what is wrong with a training run, and what to change.",
            "",
            "With --run the record of a run is read (metrics.jsonl), also while the run goes on. With --data a fresh model "
                    + "looks at a few batches before any training: a missing prior bias, a normaliser that drowns the "
                    + "objects or boxes that no point learns show at once. It takes the options of 'train'.",
            "",
            "Each finding says what is the case, with numbers, why it matters and what to change. Findings are SEVERE "
                    + "(training cannot work well like this), WARNING, or NOTE. The exit code is 0 whatever is found."
        },
        footer = {
            "Examples:",
            "  parfocal diagnose --run runs/bccd",
            "  parfocal diagnose --data bccd --format voc --loss bce",
            "  parfocal diagnose --data bccd --format voc --loss my.loss --size 640x480 --json findings.json"
        })
public final class DiagnoseCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--run", paramLabel = "DIR", description = "The folder of a training run.")
    private @Nullable Path run;

    @Option(names = "--config", paramLabel = "FILE", description = "A YAML file of settings, as config.yaml of a run.")
    private @Nullable Path file;

    @Option(names = "--batches", paramLabel = "N", description = "How many batches a fresh model looks at. Default: 5.")
    private int batches = 5;

    @Option(names = "--json", paramLabel = "FILE", description = "Also write the findings here.")
    private @Nullable Path json;

    @Mixin
    private RunFlags flags = new RunFlags();

    @Override
    public Integer call() throws IOException {
        RunConfig config = flags.over(file).value();
        boolean hasData = config.data().path() != null;
        if (batches < 1) {
            throw new ParfocalException("--batches must be at least 1, but is " + batches);
        }
        if (run == null && !hasData || run != null && hasData) {
            throw new ParfocalException("say what to look at: either --run DIR, or --data DIR for a fresh model");
        }
        DiagnosisReport report =
                run == null ? beforeTraining(config) : new DiagnosisReport(run.toString(), Diagnosis.ofRun(run));
        spec.commandLine().getOut().print(report.text());
        if (json != null) {
            byte[] bytes = report.json().getBytes(StandardCharsets.UTF_8);
            OutputFile.write(json, out -> out.write(bytes));
        }
        return ExitCode.OK;
    }

    private DiagnosisReport beforeTraining(RunConfig config) {
        Dataset data = Inputs.read(
                config.data().source(),
                config.data().format(),
                false,
                spec.commandLine().getErr());
        DataParts parts = DataParts.of(data, config.data());
        String subject =
                config.classification().loss() + " on " + config.data().source().getFileName() + ", before training";
        return new DiagnosisReport(subject, Diagnosis.beforeTraining(config, parts.train(), batches));
    }
}
