package dev.parfocal.spark;

import dev.parfocal.tune.run.ChildProcess;
import dev.parfocal.tune.run.Protocol;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/**
 * A task of Spark: runs one trial in a process of its own and passes its messages on, without reading them. It needs the
 * JDK and Spark alone. It fails only by the executor's fault, which Spark answers with another attempt.
 */
final class TrialTask implements Function<Assignment, Ending> {

    private static final String GPU = "gpu";

    @Override
    public Ending call(Assignment work) throws Exception {
        String unseen = work.shared().unseen();
        if (!unseen.isEmpty()) {
            String host = SparkEnv.get().blockManager().blockManagerId().host();
            return new Ending(Ending.Kind.UNSEEN, "executor on " + host + ": " + unseen);
        }
        ExecutorSide executor = ExecutorSide.here();
        TaskContext task = TaskContext.get();
        if (executor.ask(word(work, task, "")).equals(Protocol.STOP)) {
            throw new TaskKilledException("a later attempt has the trial");
        }
        try (ChildProcess child = ChildProcess.start(process(work, task, executor), Path.of(work.log()))) {
            child.send(work.job());
            return heard(child, work, task, executor);
        }
    }

    private static Word word(Assignment work, TaskContext task, String line) {
        return new Word(work.desk(), work.trial(), task.taskAttemptId(), line);
    }

    /** Passes messages on until the last one. */
    private static Ending heard(ChildProcess child, Assignment work, TaskContext task, ExecutorSide executor)
            throws Exception {
        for (String line = child.next(); line != null; line = child.next()) {
            String answer = executor.ask(word(work, task, line));
            if (answer.isEmpty()) {
                return new Ending(Ending.Kind.TOLD, line);
            }
            if (answer.equals(Word.AGAIN)) {
                throw stopped();
            }
            child.send(answer);
        }
        if (child.wasAskedToEnd()) {
            executor.ask(word(work, task, Word.STOPPED));
            throw stopped();
        }
        return new Ending(Ending.Kind.DIED, child.death());
    }

    private static IllegalStateException stopped() {
        return new IllegalStateException("the trial's process was stopped from outside");
    }

    private static ProcessBuilder process(Assignment work, TaskContext task, ExecutorSide executor) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command(work.launch(), task, executor));
        builder.environment().putAll(work.environment());
        builder.environment().put("OMP_NUM_THREADS", Integer.toString(task.cpus()));
        ResourceInformation gpus = task.resourcesJMap().get(GPU);
        if (gpus != null) {
            builder.environment().put("CUDA_VISIBLE_DEVICES", String.join(",", gpus.addresses()));
        }
        File folder = new File(work.launch().folder());
        if (folder.isDirectory()) {
            builder.directory(folder);
        }
        return builder;
    }

    private static List<String> command(Assignment.Launch launch, TaskContext task, ExecutorSide executor)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The executor's Java may be older than the driver's, whose options these are.
        command.add("-XX:+IgnoreUnrecognizedVMOptions");
        command.addAll(launch.options());
        command.add("-XX:ActiveProcessorCount=" + task.cpus());
        if (!SparkEnv.get().executorId().equals("driver")) {
            command.add("-Dorg.bytedeco.javacpp.cachedir=" + executor.natives());
        }
        String classPath =
                launch.classPath().stream().map(TrialTask::here).collect(Collectors.joining(File.pathSeparator));
        command.addAll(List.of("-cp", classPath, launch.main()));
        command.addAll(launch.words());
        return command;
    }

    /** Where a jar of the driver lies on this machine: among those that Spark brought, else where it lies there. */
    private static String here(String jar) {
        Path brought = Path.of(SparkFiles.getRootDirectory(), new File(jar).getName());
        return Files.isRegularFile(brought) ? brought.toAbsolutePath().toString() : jar;
    }
}
