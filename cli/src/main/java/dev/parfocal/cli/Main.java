package dev.parfocal.cli;

import dev.parfocal.cli.command.ExitCode;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
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
    private static int run(String... arguments) {
        StandardOutput output = new StandardOutput();
        PrintWriter out = new PrintWriter(output, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        CommandLine program = program(out, err);
        int code;
        try {
            code = program.execute(arguments);
        } catch (OutOfMemoryError | StackOverflowError error) {
            code = Failures.report(program, error);
        }
        out.flush();
        if (!output.failure().isEmpty()) {
            err.println("parfocal: cannot write to standard output: " + output.failure());
            return ExitCode.BAD_INPUT;
        }
        return code;
    }

    /** The program with its commands, writing results to {@code out} and all else to {@code err}. */
    public static CommandLine program(PrintWriter out, PrintWriter err) {
        CommandLine program = new CommandLine(new Parfocal());
        program.setOut(out);
        program.setErr(err);
        program.setUsageHelpWidth(100);
        program.setUsageHelpLongOptionsMaxWidth(34);
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.registerConverter(Double.class, Main::number);
        program.registerConverter(double.class, Main::number);
        program.setParameterExceptionHandler(Failures::onParameters);
        program.setExecutionExceptionHandler(Failures::onExecution);
        return program;
    }

    private static double number(String text) {
        try {
            return Numbers.parse(text);
        } catch (ParfocalException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }
}
