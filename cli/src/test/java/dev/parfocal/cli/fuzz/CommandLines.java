package dev.parfocal.cli.fuzz;

import dev.parfocal.cli.Main;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Command lines made of each command's own options, with values that nobody means. */
final class CommandLines {

    /** Demos and trials train whatever they are given, and the studio waits for visitors. */
    private static final Set<String> LEFT_OUT = Set.of("demo", "tune-trial", "studio");

    /** What these name is written to. */
    private static final Set<String> WRITTEN = Set.of("--out", "--output", "--json", "--curves", "--csv", "--study");

    /** With these the work grows without end. */
    private static final Set<String> SIZES = Set.of("--images", "--size", "--points", "--threads", "--on", "--steps");

    private static final List<String> SMALL =
            List.of("-1", "0", "3", "x", "", "1e400", "NaN", "0x0", "8x8", "8x", "3.5");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "-",
            "--",
            "-1",
            "0",
            "1",
            "3.5",
            "1e400",
            "-1e400",
            "NaN",
            "inf",
            "x",
            "X",
            "a=b",
            "=",
            "a=",
            "=1",
            "gamma=2",
            "gamma=",
            "gamma=x",
            "gamma=1e9",
            "gamma=0,1",
            "é",
            "a\0b",
            "99999999999999999999",
            "0x10",
            ".",
            "..",
            "nope",
            "a,b",
            ",",
            ":",
            "1:2:3",
            "0:1:0",
            "0.5:0.9:0.1",
            "%s",
            "{}",
            "[]",
            "'",
            "\"",
            "\n",
            "*",
            "focal",
            "giou",
            "all",
            "train",
            "voc",
            "auto",
            "strict",
            "size",
            "image:x",
            "lr in [1, 0]",
            "gamma in [0, 1]",
            "AP");

    private final SeedFiles seeds;
    private final Random dice;
    private final List<CommandLine> commands;

    CommandLines(SeedFiles seeds, Random dice) {
        this.seeds = seeds;
        this.dice = dice;
        PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
        commands = Main.program(nowhere, nowhere).getSubcommands().entrySet().stream()
                .filter(each -> !LEFT_OUT.contains(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** A command with some of its options and arguments. */
    List<String> next() {
        CommandLine command = commands.get(dice.nextInt(commands.size()));
        List<String> words = new ArrayList<>(List.of(command.getCommandName()));
        List<OptionSpec> options = command.getCommandSpec().options();
        for (OptionSpec option : options) {
            boolean isNeeded = option.required() && dice.nextInt(10) > 0;
            if (option.usageHelp()
                    || option.versionHelp()
                    || option.longestName().equals("--debug")
                    || !isNeeded && dice.nextInt(options.size()) > 2) {
                continue;
            }
            words.add(option.longestName());
            if (option.arity().max() > 0) {
                words.add(value(option.longestName()));
            }
        }
        if (command.getCommandName().equals("synth") && !words.contains("--images")) {
            words.addAll(List.of("--images", "2"));
        }
        for (int i = command.getCommandSpec().positionalParameters().size() - dice.nextInt(8) / 7; i > 0; i--) {
            words.add(dice.nextBoolean() ? "focal" : value("argument"));
        }
        if (dice.nextInt(20) == 0) {
            words.add(dice.nextInt(words.size()) + 1, value("argument"));
        }
        return words;
    }

    private String value(String option) {
        if (WRITTEN.contains(option)) {
            return dice.nextInt(4) == 0 ? "" : seeds.path("written/" + dice.nextInt(5));
        }
        if (SIZES.contains(option)) {
            return SMALL.get(dice.nextInt(SMALL.size()));
        }
        if (option.equals("--data")) {
            // What is there would be trained on.
            return dice.nextBoolean() ? seeds.path("empty") : seeds.path("none");
        }
        return switch (dice.nextInt(6)) {
            case 0 -> seeds.path("my.loss");
            case 1 -> seeds.path("detections.json");
            case 2 -> seeds.path(dice.nextBoolean() ? "run.yaml" : "coco/train.json");
            default -> VALUES.get(dice.nextInt(VALUES.size()));
        };
    }
}
