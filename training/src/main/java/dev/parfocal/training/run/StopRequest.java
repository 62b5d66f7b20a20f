package dev.parfocal.training.run;

/**
 * Lets Ctrl-C, a termination signal or an interrupt of the training thread end a run between two steps. The program's end
 * waits for that: training passes the engine's gate.
 */
final class StopRequest implements AutoCloseable {
    private final Thread hook = new Thread(() -> requested = true, "parfocal-stop");
    private volatile boolean requested;
    private boolean interrupted;

    StopRequest() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether to stop now. */
    boolean isRequested() {
        interrupted |= Thread.interrupted();
        return requested || interrupted;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The program is ending: the hook has run.
            requested = true;
        }
    }
}
