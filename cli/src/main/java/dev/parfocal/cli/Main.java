package dev.parfocal.cli;

import dev.parfocal.cli.command.ExitCode;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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
        String[] words = withHelp(arguments);
        CommandLine program = program(out, err, words);
        int code;
        try {
            code = program.execute(words);
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

    /** {@code help train} means {@code train --help}. */
    private static String[] withHelp(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        String[] words = Arrays.copyOfRange(arguments, 1, arguments.length + 1);
        words[words.length - 1] = "--help";
        return words;
    }

    /** The program with all its commands, writing results to {@code out} and all else to {@code err}. */
    public static CommandLine program(PrintWriter out, PrintWriter err) {
        return program(out, err, Commands.NAMES);
    }

    /** The program with the command that a command line names, or with all of them if it names none. */
    static CommandLine program(PrintWriter out, PrintWriter err, String[] arguments) {
        return Commands.named(arguments)
                .map(name -> program(out, err, List.of(name)))
                .orElseGet(() -> program(out, err));
    }

    private static CommandLine program(PrintWriter out, PrintWriter err, List<String> commands) {
        CommandLine program = new CommandLine(new Parfocal());
        commands.forEach(name -> program.addSubcommand(Commands.of(name)));
        program.setOut(out);
        program.setErr(err);
        program.setUsageHelpWidth(100);
        program.setUsageHelpLongOptionsMaxWidth(34);
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.registerConverter(Double.class, Main::number);
        program.registerConverter(double.class, Main::number);
        program.registerConverter(Path.class, Main::path);
        program.setParameterExceptionHandler(Failures::onParameters);
        program.setExecutionExceptionHandler(Failures::onExecution);
        return program;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new CommandLine.TypeConversionException(Failures.words(e));
        }
    }

    private static double number(String text) {
        try {
            return Numbers.parse(text);
        } catch (ParfocalException e) {
            throw new CommandLine.TypeConversionException(e.getMessage());
        }
    }
}
