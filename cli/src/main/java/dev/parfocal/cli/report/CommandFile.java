package dev.parfocal.cli.report;

import dev.parfocal.cli.text.OutputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The commands that made a folder what it is, in {@code command.txt}: a line each, as a shell reads it. */
public final class CommandFile {
    private final Path file;

    private CommandFile(Path file) {
        this.file = file;
    }

    /** Of a folder. */
    public static CommandFile of(Path folder) {
        return new CommandFile(folder.resolve("command.txt"));
    }

    /** All of them, in order. */
    public List<String> commands() {
        return TextFiles.lines(file);
    }

    /** Adds a command, unless it is the last one again. */
    public void add(List<String> arguments) throws IOException {
        String command = System.getProperty("parfocal.command", "parfocal") + " "
                + arguments.stream().map(CommandFile::quoted).collect(Collectors.joining(" "));
        List<String> all = new ArrayList<>(commands());
        if (all.isEmpty() || !all.get(all.size() - 1).equals(command)) {
            all.add(command);
            String text = String.join("\n", all) + "\n";
            OutputFile.write(file, stream -> stream.write(text.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:=,@%+-]+")
                ? word
                : "'" + word.replace("'", "'\\''").replace("\n", " ") + "'";
    }
}
