package dev.parfocal.cli.tune;

import dev.parfocal.cli.Main;
import dev.parfocal.core.ParfocalException;
import dev.parfocal.tune.run.Objective;
import dev.parfocal.tune.run.ProcessTrials;
import dev.parfocal.tune.run.ThreadTrials;
import dev.parfocal.tune.run.Trials;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where {@code --on} wants trials to run.
 *
 * @param slots how many at once
 */
public record Place(boolean inProcesses, int slots) {
    private static final Pattern PLACE = Pattern.compile("(threads|processes):([1-9]\\d{0,2})");

    /**
     * Reads it.
     *
     * @throws ParfocalException if it is no place
     */
    public static Place parse(String text) {
        Matcher matcher = PLACE.matcher(text);
        if (!matcher.matches()) {
            throw new ParfocalException("--on " + text + ": trials run on threads:N or processes:N, as in processes:2");
        }
        return new Place(matcher.group(1).equals("processes"), Integer.parseInt(matcher.group(2)));
    }

    /** The place, ready; {@code words} are the command line of a program that does one trial. */
    public Trials trials(Objective objective, Path study, List<String> words) {
        if (!inProcesses) {
            return new ThreadTrials(slots, objective);
        }
        return new ProcessTrials(
                slots,
                command(words),
                trial -> TrainingObjective.folder(study, trial)
                        .resolveSibling(String.format(Locale.ROOT, "%04d.log", trial)));
    }

    /** This program again, with other words: the same Java, options and class path. */
    private static List<String> command(List<String> words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // A child has no descriptor 3 to write its messages to.
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-Dparfocal.stderr") && !option.startsWith("-agentlib"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(words);
        return command;
    }
}
