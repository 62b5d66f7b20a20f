package dev.parfocal.tune.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java program that does one trial: its main method calls {@link TrialProcess#serve}.
 *
 * @param options of Java, without the class path
 * @param classPath jars and folders
 * @param main the name of its main class
 * @param words its arguments
 */
public record Program(List<String> options, List<String> classPath, String main, List<String> words) {

    public Program {
        options = List.copyOf(options);
        classPath = List.copyOf(classPath);
        words = List.copyOf(words);
    }

    /** The command that starts it with the Java of this process. */
    public List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
        command.addAll(words);
        return command;
    }
}
