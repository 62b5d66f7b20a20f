package dev.parfocal.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;

/** Where the program starts. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        ErrorStream.restore();
        System.exit(run(arguments));
    }

    /** Runs one command on standard output and standard error; returns its exit code, one of {@link ExitCode}. */
    static int run(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine program = program(out, err);
        try {
            return program.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError error) {
            return Failures.report(program, error);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /** The program with its commands, writing results to {@code out} and all else to {@code err}. */
    public static CommandLine program(PrintWriter out, PrintWriter err) {
        CommandLine program = new CommandLine(new Parfocal());
        program.setOut(out);
        program.setErr(err);
        program.setUsageHelpWidth(100);
        program.setUsageHelpLongOptionsMaxWidth(34);
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.setParameterExceptionHandler(Failures::onParameters);
        program.setExecutionExceptionHandler(Failures::onExecution);
        return program;
    }
}
