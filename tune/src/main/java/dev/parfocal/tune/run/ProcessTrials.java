package dev.parfocal.tune.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Trials in processes of their own: a crash in native code costs one trial. */
public final class ProcessTrials implements Trials {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long PATIENCE_SECONDS = 60;

    private final int slots;
    private final List<String> command;
    private final IntFunction<Path> errors;
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;
    private volatile boolean closing;

    /**
     * Processes of a program that calls {@link TrialProcess#serve}.
     *
     * @param slots at least 1
     * @param errors of a trial's number: the file that takes its standard error
     */
    public ProcessTrials(int slots, List<String> command, IntFunction<Path> errors) {
        this.slots = slots;
        this.command = List.copyOf(command);
        this.errors = errors;
        threads = Executors.newFixedThreadPool(slots, task -> {
            Thread thread = new Thread(task, "parfocal-process");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public void start(Job job, Observer observer) {
        threads.execute(() -> {
            Outcome outcome;
            try {
                outcome = run(job, observer);
            } catch (IOException | RuntimeException e) {
                outcome = Outcome.failed("its process could not be run: " + Reasons.of(e));
            }
            observer.ended(job.trial(), closing ? Outcome.stopped() : outcome);
        });
    }

    private Outcome run(Job job, Observer observer) throws IOException {
        Path log = errors.apply(job.trial());
        Files.createDirectories(log.toAbsolutePath().getParent());
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        running.add(process);
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                OutputStream answers = process.getOutputStream()) {
            send(answers, JSON.writeValueAsString(job));
            Outcome outcome = listen(job, lines, answers, observer);
            return outcome != null ? outcome : died(process, log);
        } finally {
            process.destroy();
            running.remove(process);
        }
    }

    /** Hears a process out; returns null if it ends without a word. */
    private static @Nullable Outcome listen(Job job, BufferedReader lines, OutputStream answers, Observer observer)
            throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Message message = message(line);
            if (message instanceof Message.Ended ended) {
                return ended.outcome();
            }
            if (message instanceof Message.Reported report) {
                boolean goesOn = observer.reported(job.trial(), report.step(), report.value());
                send(answers, goesOn ? Message.GO : Message.STOP);
            }
        }
        return null;
    }

    private static @Nullable Message message(String line) {
        try {
            return line.startsWith(Message.PREFIX) ? JSON.readValue(line, Message.class) : null;
        } catch (JacksonException e) {
            // The last words of a process that is being killed.
            return null;
        }
    }

    private static void send(OutputStream answers, String line) throws IOException {
        answers.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        answers.flush();
    }

    private static Outcome died(Process process, Path log) throws IOException {
        try {
            process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.stopped();
        }
        String code = process.isAlive() ? "fell silent" : "ended with code " + process.exitValue();
        return Outcome.failed("its process " + code + lastWords(log));
    }

    private static String lastWords(Path log) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("WARNING: Using incubator"))
                    .reduce((first, second) -> second)
                    .map(line -> ": " + line.strip())
                    .orElse("");
        }
    }

    @Override
    public void close() {
        closing = true;
        threads.shutdown();
        // The end of its input asks a process to stop where it can go on later.
        running.forEach(ProcessTrials::closeInput);
        try {
            if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                running.forEach(Process::destroyForcibly);
            }
        } catch (InterruptedException e) {
            running.forEach(Process::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
