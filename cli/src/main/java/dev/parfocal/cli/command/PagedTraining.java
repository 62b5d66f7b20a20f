package dev.parfocal.cli.command;

import dev.parfocal.training.engine.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.BooleanSupplier;

/** A training, and the page of what it is part of if it is interrupted: the program's end waits for both. */
final class PagedTraining {

    private PagedTraining() {}

    /** Writes a page. */
    interface Page {
        void write() throws IOException;
    }

    /** Whether the training came to its end. */
    static boolean finishes(BooleanSupplier training, Page page) {
        return Gate.pass(() -> {
            boolean finished = training.getAsBoolean();
            if (!finished) {
                write(page);
            }
            return finished;
        });
    }

    /** Writes a page on a thread that may have been asked to stop. */
    static void write(Page page) {
        // A pending interrupt would close the files that are read.
        boolean interrupted = Thread.interrupted();
        try {
            page.write();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
