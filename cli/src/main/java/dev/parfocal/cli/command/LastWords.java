package dev.parfocal.cli.command;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a command that Ctrl-C stopped say what came of its work before the program ends. */
final class LastWords {
    private static final long PATIENCE_SECONDS = 60;

    private LastWords() {}

    /** Work with something to say after it. */
    interface Work {
        int run() throws IOException;
    }

    /** Does the work; the program's end waits for it, for a while. */
    static int heard(Work work) throws IOException {
        CountDownLatch said = new CountDownLatch(1);
        Thread hook = new Thread(() -> await(said), "parfocal-last-words");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            return work.run();
        } finally {
            said.countDown();
            remove(hook);
        }
    }

    private static void await(CountDownLatch said) {
        try {
            said.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void remove(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending, and the hook has just been let go.
            hook.interrupt();
        }
    }
}
