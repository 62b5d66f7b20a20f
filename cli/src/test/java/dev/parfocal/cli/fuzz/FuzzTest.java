package dev.parfocal.cli.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import dev.parfocal.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is given to the program, it answers with a result or with a sentence about what was given: never with an internal
 * error, a stack trace or the name of a class. {@code scripts/fuzz.sh} goes on for as long as it is told.
 */
class FuzzTest {

    private static final int COMMAND_LINES = 60;
    private static final int FILES = 80;
    private static final long REPORTED = 10_000_000_000L;

    private static final Pattern CODE = Pattern.compile(
            "internal error|\\tat |\\b[a-z]+(\\.[a-z]+)+\\.[A-Z]\\w+|\\w+(Exception|Error)\\b|REDACTED|StreamReadFeature");

    @TempDir
    private Path folder;

    @Test
    void noCommandLineAndNoFileIsAnsweredByAnInternalError() throws IOException {
        long seconds = Long.getLong("parfocal.fuzz.seconds", 0);
        long seed = Long.getLong("parfocal.fuzz.seed", 1);
        List<String> wrong = seconds > 0 ? forSeconds(seconds, seed) : round(seed, COMMAND_LINES, FILES);
        assertThat(wrong).isEmpty();
    }

    private List<String> forSeconds(long seconds, long firstSeed) throws IOException {
        long begin = System.nanoTime();
        long reported = begin;
        List<String> wrong = new ArrayList<>();
        long seed = firstSeed;
        while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            List<String> found = round(seed++, 20, 20);
            found.forEach(System.out::println);
            wrong.addAll(found);
            if (System.nanoTime() - reported > REPORTED) {
                reported = System.nanoTime();
                System.out.printf(
                        "%d s: %d programs run, %d answered wrongly%n",
                        (reported - begin) / 1_000_000_000L, 40 * (seed - firstSeed), wrong.size());
            }
        }
        return wrong;
    }

    private List<String> round(long seed, int commandLines, int files) throws IOException {
        Random dice = new Random(seed);
        SeedFiles seeds = SeedFiles.write(folder);
        List<String> wrong = new ArrayList<>();
        CommandLines lines = new CommandLines(seeds, dice);
        for (int i = 0; i < commandLines; i++) {
            judge(seed, lines.next(), wrong);
        }
        for (int i = 0; i < files; i++) {
            String name = seeds.spoil(dice);
            judge(seed, reader(name, seeds, dice), wrong);
            if (dice.nextInt(3) > 0) {
                seeds.restore(name);
            }
        }
        return wrong;
    }

    /** A command that reads a file. */
    private static List<String> reader(String name, SeedFiles seeds, Random dice) {
        String path = seeds.path(name);
        int slash = name.indexOf('/');
        if (name.equals("detections.json") || name.equals("coco/train.json") && dice.nextBoolean()) {
            List<String> words = new ArrayList<>(List.of(
                    "evaluate",
                    "--truth",
                    seeds.path("coco/train.json"),
                    "--detections",
                    seeds.path("detections.json")));
            for (String option : List.of("--calibration", "--errors", "--some-images", "--federated")) {
                if (dice.nextInt(3) == 0) {
                    words.add(option);
                }
            }
            if (dice.nextInt(3) == 0) {
                words.addAll(List.of("--slices", "size,aspect,crowding,position,image:weather"));
            }
            if (dice.nextInt(3) == 0) {
                words.addAll(List.of("--mode", "corrected"));
            }
            return words;
        }
        return switch (name) {
            case "points.csv" -> List.of("compute", "focal", "--input", path, "--backend", "scalar");
            case "my.loss" -> List.of("show", path);
            case "run.yaml" ->
                List.of("train", "--config", path, "--data", seeds.path("none"), "--out", seeds.path("o"));
            default ->
                dice.nextBoolean() ? List.of("data", seeds.path(name.substring(0, slash))) : List.of("data", path);
        };
    }

    private static void judge(long seed, List<String> words, List<String> wrong) {
        String line = "seed " + seed + ": " + String.join(" ", words);
        try {
            Run run = Run.of(words.toArray());
            String echo = run.err();
            for (String word : words) {
                echo = word.isBlank() ? echo : echo.replace(word, "");
            }
            boolean silent = run.code() == ExitCode.BAD_INPUT && run.err().isBlank();
            if (run.code() == ExitCode.INTERNAL || silent || CODE.matcher(echo).find()) {
                wrong.add(line + "\n    exit code " + run.code() + ": "
                        + run.err().lines().limit(4).toList());
            }
        } catch (RuntimeException | StackOverflowError e) {
            wrong.add(line + "\n    " + e);
        }
    }
}
