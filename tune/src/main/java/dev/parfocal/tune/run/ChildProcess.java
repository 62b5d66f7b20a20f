package dev.parfocal.tune.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A trial's process seen from outside: messages from it, answers to it, an orderly end. It needs the JDK alone, so that it
 * can be used where Parfocal's libraries are not at hand.
 */
public final class ChildProcess implements AutoCloseable {

    /** How long a process may take to end after it was asked to. */
    public static final long PATIENCE_SECONDS = 60;

    /** Exit codes of a Java that was asked to end: SIGINT, SIGTERM. */
    private static final Set<Integer> ASKED_TO_END = Set.of(130, 143);

    private final Process process;
    private final Path log;
    private final BlockingQueue<Optional<String>> messages = new LinkedBlockingQueue<>();

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts a process of a program that calls {@link TrialProcess#serve}; its standard error is added to a file. */
    public static ChildProcess start(ProcessBuilder builder, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ChildProcess child = new ChildProcess(
                builder.redirectError(Redirect.appendTo(log.toFile())).start(), log);
        Thread reader = new Thread(child::read, "parfocal-messages");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(Message.PREFIX)) {
                    messages.add(Optional.of(line));
                }
            }
        } catch (IOException e) {
            // As good as its end.
        }
        messages.add(Optional.empty());
    }

    /** Waits for the next message; null after the last one. */
    public @Nullable String next() throws InterruptedException {
        return messages.take().orElse(null);
    }

    /** Tells it something, if it still listens. */
    public void send(String line) {
        try {
            OutputStream answers = process.getOutputStream();
            answers.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            answers.flush();
        } catch (IOException e) {
            // It has ended, which its messages will show.
        }
    }

    /** Asks it to stop where it can go on later: its input ends. */
    public void stop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Ends it at once. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Whether a process whose messages have ended was asked to end by others: the trial is not to blame. */
    public boolean wasAskedToEnd() throws InterruptedException {
        return hasEnded() && ASKED_TO_END.contains(process.exitValue());
    }

    /** How a process ended that ended without telling the end of its trial: its exit code and its last words. */
    public String death() throws InterruptedException {
        return "its process " + (hasEnded() ? "ended with code " + process.exitValue() : "fell silent") + lastWords();
    }

    private boolean hasEnded() throws InterruptedException {
        return process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private String lastWords() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("WARNING: Using incubator"))
                    .reduce((first, second) -> second)
                    .map(line -> ": " + line.strip())
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /** Stops it, and kills it if it does not end in time. */
    @Override
    public void close() {
        stop();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }
}
