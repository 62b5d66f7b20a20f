package dev.parfocal.cli;

import dev.parfocal.core.language.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line, in words. */
final class WrongArguments {

    private static final Pattern NO_NUMBER =
            Pattern.compile("Invalid value for option '(--[^']+)'.*: '(.*)' is not an? (int|long)");

    private WrongArguments() {}

    static String words(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        if (exception instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            return first.startsWith("-") && first.length() > 1
                    ? unknownOption(first, command)
                    : unexpected(first, command);
        }
        if (exception instanceof MissingParameterException) {
            Optional<String> unknown = unknownOption(command, arguments);
            if (unknown.isPresent()) {
                return unknownOption(unknown.get(), command);
            }
        }
        return plain(String.valueOf(exception.getMessage()));
    }

    private static String unexpected(String word, CommandLine command) {
        if (command.getParent() == null) {
            String near = Names.suggestion(
                    word.toLowerCase(Locale.ROOT), command.getSubcommands().keySet());
            return "there is no command '" + word + "'" + near;
        }
        return "unexpected argument '" + word + "'";
    }

    private static String unknownOption(String option, CommandLine command) {
        String name = option.replaceFirst("=.*$", "");
        String written = name.replaceFirst("^-+", "--");
        List<String> known = List.copyOf(command.getCommandSpec().optionsMap().keySet());
        String near = known.contains(written) && !written.equals(name)
                ? "; did you mean '" + written + "'?"
                : Names.suggestion(name, known);
        return "unknown option '" + name + "'" + near;
    }

    /** The first option that the command does not have; what is missing may be missing because of it. */
    private static Optional<String> unknownOption(CommandLine command, String[] arguments) {
        return Arrays.stream(arguments)
                .takeWhile(word -> !word.equals("--"))
                .filter(word -> word.matches("--?[A-Za-z].*"))
                .map(word -> word.replaceFirst("=.*$", ""))
                .filter(name -> !command.getCommandSpec().optionsMap().containsKey(name))
                .findFirst();
    }

    /** picocli names types of Java. */
    private static String plain(String message) {
        String line = message.lines().findFirst().orElse("wrong arguments").strip();
        Matcher matcher = NO_NUMBER.matcher(line);
        if (matcher.matches()) {
            String bounds =
                    matcher.group(3).equals("int") ? " from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE : "";
            return matcher.group(1) + " " + matcher.group(2) + ": it must be a whole number" + bounds;
        }
        return line.replace("option option", "option").replaceFirst("\\.$", "");
    }
}
