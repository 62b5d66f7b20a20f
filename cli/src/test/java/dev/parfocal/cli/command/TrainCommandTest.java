package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import dev.parfocal.cli.report.Page;
import dev.parfocal.cli.run.DataParts;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.run.ClassLogits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands from drawn data to drawn detections, on the smallest data and detector there can be. */
class TrainCommandTest {

    @TempDir
    static Path folder;

    private static Path data;

    @BeforeAll
    static void draw() {
        data = folder.resolve("scenes");
        Run run = Run.of("synth", "--images", 12, "--seed", 3, "--out", data);
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).startsWith(data + ": 12 images, ").endsWith(" (train 10, val 1, test 1)\n");
    }

    @Test
    void theSameSeedDrawsTheSameScenes() throws IOException {
        Path again = folder.resolve("again");
        Run.of("synth", "--images", 3, "--seed", 3, "--out", again);

        assertThat(again.resolve("images/000002.jpg")).hasSameBinaryContentAs(data.resolve("images/000002.jpg"));
        assertThat(Run.of("synth", "--images", 3, "--out", again).err())
                .isEqualTo("parfocal synth: " + again + ": this folder is not empty; name a new one for the scenes\n");
    }

    @Test
    void aRunIsTrainedScoredDrawnAndUsed() throws IOException {
        Path run = folder.resolve("run");

        Run train = train(
                run,
                "--epochs",
                "2",
                "--loss",
                "quality_focal",
                "--set",
                "beta=1.5",
                "--box-loss",
                "ciou",
                "--gain",
                "auto");

        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.err())
                .contains(
                        "training on 10 images (train), evaluating on 1 image (val)", "gain: the classification loss");
        assertThat(run.resolve("metrics.jsonl")).content().contains("\"gain\":{\"classification\":");
        assertThat(train.out()).startsWith("trained in ").contains("2 steps", "(test)", "all ", "predictions.jpg");
        assertThat(run.resolve("config.yaml")).content().contains("loss: quality_focal", "beta: 1.5", "loss: ciou");
        assertThat(run.resolve("test-evaluation.json")).content().contains("\"AP50\"");
        assertThat(run.resolve("losses.svg")).content().contains("quality_focal on scenes", "distribution");
        assertThat(Page.checked(run.resolve("report.html")).select("h2").eachText())
                .contains("Course", "Accuracy", "Calibration", "Mistakes", "Losses", "Origin");
        assertThat(run.resolve("command.txt")).content().contains("train --data ", "--loss quality_focal");
        assertThat(ImageIO.read(run.resolve("predictions.jpg").toFile()).getWidth())
                .isGreaterThan(700);

        assertThat(train(run).err()).contains(run + " has a run already: go on with it by --resume");
        predict(run);
    }

    @Test
    void classesMayDiffer() {
        Path run = folder.resolve("classes");

        Run train = train(
                run,
                "--epochs",
                "1",
                "--loss",
                "focal",
                "--set",
                "alpha={disc: 0.4}",
                "--class-weights",
                "effective",
                "--smoothing",
                "0.1");

        assertThat(train.code()).as(train.err()).isZero();
        assertThat(train.err()).contains("class weights");
        assertThat(run.resolve("config.yaml"))
                .content()
                .contains("smoothing: 0.1", "disc: 0.4", "classWeights:")
                .doesNotContain("balanced: effective");
        countsLogits(run);
    }

    /** What the studio shows of a run. */
    private static void countsLogits(Path run) {
        RunConfig config = RunConfig.read(run.resolve("config.yaml"));
        ClassLogits logits = ClassLogits.of(run, DataParts.read(config.data()).val(), 50);
        long positives = Arrays.stream(logits.positives()).sum();
        assertThat(logits.images()).isOne();
        assertThat(positives).isPositive();
        assertThat(Arrays.stream(logits.negatives()).min().orElse(-1)).isNotNegative();
        assertThat(Arrays.stream(logits.negatives()).sum()).isGreaterThan(positives);
        for (int bin = 0; bin < logits.positives().length; bin++) {
            assertThat(logits.quality()[bin]).isBetween(0.0, logits.positives()[bin] == 0 ? 0.0 : 1.0);
        }
    }

    private static void predict(Path run) throws IOException {
        Path found = folder.resolve("found");
        Path images = Files.createDirectories(folder.resolve("mixed"));
        Files.copy(data.resolve("images/000012.jpg"), images.resolve("000012.jpg"));
        Files.writeString(images.resolve("broken.jpg"), "no picture");

        Run predict = Run.of("predict", "--run", run, "--images", images, "--out", found);

        assertThat(predict.code()).as(predict.err()).isZero();
        assertThat(predict.err()).startsWith("left out: " + images.resolve("broken.jpg"));
        assertThat(predict.out()).startsWith(found + ": 1 image, ");
        assertThat(ImageIO.read(found.resolve("000012.jpg").toFile()).getWidth())
                .isEqualTo(256);
        assertThat(found.resolve("images.json")).content().contains("000012.jpg", "\"id\":1");

        Files.delete(images.resolve("broken.jpg"));
        Run uncertain = Run.of("predict", "--run", run, "--images", images, "--out", found, "--uncertainty");
        assertThat(uncertain.code()).as(uncertain.err()).isZero();
        assertThat(found.resolve("detections.json")).content().contains("\"uncertainty\":[");
        Path truth = data.resolve("annotations/test.json");
        Run.of("predict", "--run", run, "--images", images, "--out", found, "--truth", truth);
        Run evaluate = Run.of("evaluate", "--truth", truth, "--detections", found.resolve("detections.json"));
        assertThat(evaluate.code()).as(evaluate.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--loss giou | giou is a box loss; a pointwise loss is needed here",
                "--loss focl | there is no loss 'focl'; did you mean 'focal'?",
                "--set gama=1 | varifocal has no parameter 'gama'; did you mean 'gamma'?",
                "--model faster_rcnn --loss giou | giou is a box loss; a row or pointwise loss is needed here",
                "--set alpha={square:0.4} | --set alpha={square:0.4}: a class and its number are written {car: 0.4}, with a blank",
                "--set alpha={kite:~0.4} | loss.classification.perClass.alpha: there is no class 'kite'; there are disc, square",
                "--set gamma={disc:~7} | varifocal: gamma = 7 is outside its range [0, 5]",
                "--class-weights evenly | --class-weights: loss.dense.classification.classWeights.balanced: 'evenly' is none of",
                "--class-weights {kite:~2} | loss.classification.classWeights: there is no class 'kite'; there are disc, square",
                "--class-weights {disc:~-1} | --class-weights: loss.dense.classification.classWeights: the weight of class disc",
                "--smoothing 1 | --smoothing: loss.dense.classification: the label smoothing of loss varifocal must be in (0, 1)",
                "--size 320 | --size 320: a size is written as 320x240",
                "--with model.nek=3 | --with: unknown key model.nek: the kind dense has the keys widths, neck,",
                "--with epochs= | --with: epochs=: a value is missing",
                "--with epochs=[ | --with: epochs=[: not a YAML value",
                "--with epochs=many | --with: epochs: 'many' is no whole number",
                "--with ema=much | --with: ema: 'much' is no number",
                "--with schedule.kind=spiral | --with: schedule.kind: 'spiral' is none of constant, step,",
                "--with loss.box.weight=-1 | --with: loss.dense.box: the weight of loss giou must be at least 0, but is -1.0",
                "--with balance.kind=luck | --with: balance.kind: 'luck' is none of fixed,",
                "--train-split foo | data set DATA has no split 'foo': it has train, val, test",
                "--resume | RUN: no run to resume here; start one without --resume",
                "--config none.yaml | cannot read the configuration none.yaml: there is no such file or folder",
            })
    void aWrongOptionIsRefusedInOneLineAndLeavesNothing(String option, String message) {
        Path run = folder.resolve("none");

        Run train = train(
                run,
                Arrays.stream(option.split(" "))
                        .map(word -> word.replace('~', ' '))
                        .toArray(String[]::new));

        String expected = message.replace("DATA", data.toString()).replace("RUN", run.toString());
        assertThat(train.err().lines().reduce((first, last) -> last).orElse(""))
                .startsWith("parfocal train: " + expected);
        assertThat(train.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{box.weight: spiral 1 to 2} | curriculum: box.weight: schedule 'spiral 1 to 2': there is no schedule spiral",
                "{box.weight: linear 1 to -1} | takes box.weight to -1, but it must be at least 0",
                "{box.weight: 1}, {box.weight: 2} | two schedules for box.weight: 'constant 1' and 'constant 2'; keep one",
                "{classification.gamma: linear 0 to 9} | outside its range [0, 5]",
                "{box.wieght: 1} | there is nothing called box.wieght; did you mean 'box.weight'?",
            })
    void aWrongCurriculumIsRefusedInOneLineAndLeavesNothing(String rules, String message) {
        Path run = folder.resolve("none");

        Run train = train(run, "--with", "curriculum=[" + rules + "]");

        assertThat(train.err().lines().reduce((first, last) -> last).orElse(""))
                .startsWith("parfocal train: ")
                .contains(message);
        assertThat(train.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run).doesNotExist();
    }

    private static Run train(Path run, String... options) {
        List<Object> words =
                new ArrayList<>(List.of("train", "--data", data, "--out", run, "--with", "model.input.width=64"));
        words.addAll(List.of(
                "--with",
                "model.input.height=64",
                "--with",
                "model.widths=[8, 8, 8, 8, 8]",
                "--with",
                "model.neck=8",
                "--batch",
                "10"));
        words.addAll(List.of(options));
        return Run.of(words.toArray());
    }
}
