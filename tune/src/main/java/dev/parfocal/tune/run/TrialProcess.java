package dev.parfocal.tune.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import tools.jackson.databind.json.JsonMapper;

/**
 * The inner side of {@link ProcessTrials}: reads one job from its input, does it, and writes reports and the end to its
 * output, a JSON object per line. When its input ends early, whoever asked is gone, and the trial's thread is interrupted.
 */
public final class TrialProcess {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int ANSWERS = 16;

    private final BufferedReader in;
    private final PrintStream out;
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(ANSWERS);

    private TrialProcess(InputStream in, PrintStream out) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
    }

    /** Serves one job. */
    public static void serve(InputStream in, PrintStream out, Objective objective) throws IOException {
        new TrialProcess(in, out).serve(objective);
    }

    private void serve(Objective objective) throws IOException {
        Job job = JSON.readValue(in.readLine(), Job.class);
        Thread trial = Thread.currentThread();
        Thread listener = new Thread(() -> listen(trial), "parfocal-answers");
        listener.setDaemon(true);
        listener.start();
        send(new Message.Ended(outcome(objective, job)));
    }

    private Outcome outcome(Objective objective, Job job) {
        try {
            return objective.run(job, this::goesOn);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Outcome.failed(Reasons.of(e));
        }
    }

    private void listen(Thread trial) {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answers.put(line);
            }
        } catch (IOException | InterruptedException e) {
            // As good as the end of input.
        }
        trial.interrupt();
    }

    private boolean goesOn(int step, double value) {
        send(new Message.Reported(step, value));
        try {
            return answers.take().equals(Message.GO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void send(Message message) {
        out.print(JSON.writerFor(Message.class).writeValueAsString(message) + "\n");
        out.flush();
    }
}
