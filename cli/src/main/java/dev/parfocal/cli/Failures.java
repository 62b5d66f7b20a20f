package dev.parfocal.cli;

import dev.parfocal.cli.command.ExitCode;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.FileErrors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns whatever goes wrong into one clear message and an exit code; the stack trace only on request. */
final class Failures {

    private Failures() {}

    /** The command line itself is wrong. */
    static int onParameters(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(name(command) + ": " + sentence(WrongArguments.words(exception, arguments)) + " See '"
                + name(command) + " --help'.");
        trace(command, exception);
        return ExitCode.BAD_INPUT;
    }

    /** A command failed. */
    static int onExecution(Exception exception, CommandLine command, ParseResult parsed) {
        return report(command, exception);
    }

    /** Prints what went wrong; returns the exit code that tells its kind. */
    static int report(CommandLine command, Throwable failure) {
        PrintWriter err = command.getErr();
        String message = userMessage(failure);
        int code = ExitCode.BAD_INPUT;
        if (failure instanceof CancellationException) {
            message = "stopped";
            code = ExitCode.INTERRUPTED;
        } else if (failure instanceof OutOfMemoryError) {
            message = "out of memory; give Java more with PARFOCAL_JAVA_OPTIONS=-Xmx4g, or use smaller batches";
            code = ExitCode.INTERNAL;
        } else if (message.isEmpty()) {
            message = "internal error: " + failure + " (--debug shows the trace; please report it)";
            code = ExitCode.INTERNAL;
        }
        err.println(name(command) + ": " + message);
        trace(command, failure);
        return code;
    }

    /** What to tell the user if the failure is about something the user gave; empty if it is a defect. */
    private static String userMessage(Throwable failure) {
        if (failure instanceof ParfocalException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof InvalidPathException path) {
            return words(path);
        }
        if (failure instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return userMessage(unchecked.getCause());
        }
        if (failure instanceof FileSystemException problem) {
            String file = String.valueOf(problem.getFile());
            String reason = FileErrors.reason(problem);
            return reason.startsWith(file) ? reason : file + ": " + reason;
        }
        return failure instanceof IOException ? String.valueOf(failure.getMessage()) : "";
    }

    private static void trace(CommandLine command, Throwable failure) {
        if (Parfocal.wantsTraces(command)) {
            failure.printStackTrace(command.getErr());
        }
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    /** What is said of a name that no file can have. */
    static String words(InvalidPathException path) {
        return "'" + path.getInput().replace("\0", "\\0") + "': no file can be called so";
    }

    private static String sentence(String words) {
        return words.endsWith("?") || words.endsWith(".") ? words : words + ".";
    }
}
