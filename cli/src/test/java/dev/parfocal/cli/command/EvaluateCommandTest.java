package dev.parfocal.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    private static final String TRUTH = """
            {"images": [{"id": 1, "width": 100, "height": 100}],
             "annotations": [{"id": 1, "image_id": 1, "category_id": 7, "bbox": [10, 10, 50, 50], "area": 2500, "iscrowd": 0}],
             "categories": [{"id": 7, "name": "cell"}, {"id": 9, "name": "rare"}]}
            """;

    @TempDir
    Path folder;

    private Path truth;
    private Path detections;

    @BeforeEach
    void files() throws IOException {
        truth = Files.writeString(folder.resolve("gt.json"), TRUTH);
        detections = Files.writeString(
                folder.resolve("dt.json"),
                "[{\"image_id\": 1, \"category_id\": 7, \"bbox\": [10, 10, 50, 50], \"score\": 0.9}]");
    }

    @Test
    void itPrintsPycocotoolsTableAndTheClasses() throws IOException {
        Path json = folder.resolve("out/scores.json");

        Run run = Run.of("evaluate", "--truth", truth, "--detections", detections, "--json", json);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(" Average Precision  (AP) @[ IoU=0.50:0.95 | area=   all | maxDets=100 ] = 1.000   AP\n"
                        + " Average Precision  (AP) @[ IoU=0.50      | area=   all | maxDets=100 ] = 1.000   AP50\n")
                .contains("area= small | maxDets=100 ] = -1.000   APs\n", "area=medium | maxDets=100 ] = 1.000   APm\n")
                .endsWith("class  objects     AP   AP50   AP75\n"
                        + "-----  -------  -----  -----  -----\n"
                        + "cell         1  1.000  1.000  1.000\n"
                        + "rare         0      -      -      -\n"
                        + "all          1  1.000  1.000  1.000\n");
        assertThat(json).content().contains("\"AR1\" : 1.0,", "\"APs\" : -1.0,", "\"ARl\" : -1.0");
    }

    @Test
    void calibrationReadsTheFilesAsTheRestDoes() throws IOException {
        Files.writeString(
                truth, TRUTH.replace(", \"name\": \"cell\"", "").replace("\"iscrowd\": 0", "\"iscrowd\": null"));
        Path json = folder.resolve("scores.json");

        Run run = Run.of("evaluate", "--truth", truth, "--detections", detections, "--calibration", "--json", json);

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("Calibration errors of 1 detection:");
        assertThat(run.out().lines().filter(line -> line.startsWith("7     "))).hasSize(2);
        assertThat(json).content().contains("\"AP\" : 0.99999", "\"LaECE\" : 0.");
    }

    @Test
    void optionsAreLookedAtBeforeAnythingIsPrinted() {
        Run alone = Run.of("evaluate", "--truth", truth, "--detections", detections, "--min-score", "0.5");
        Run large =
                Run.of("evaluate", "--truth", truth, "--detections", detections, "--calibration", "--min-score", "7");

        assertThat(alone.err()).contains("--min-score is for --calibration");
        assertThat(large.err()).contains("--min-score 7.0: a score is in [0, 1]");
        assertThat(List.of(alone, large))
                .allMatch(run -> run.code() == ExitCode.BAD_INPUT && run.out().isEmpty());
    }

    @Test
    void whatIsReadIsNotOverwritten() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("scores.json"), truth);

        for (Path json : List.of(truth, detections, link)) {
            Run run = Run.of("evaluate", "--truth", truth, "--detections", detections, "--json", json);
            assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(run.err()).contains("name another file, so that it is not overwritten");
        }
        assertThat(truth).hasContent(TRUTH);
    }

    @Test
    void aFileCutOffIsRefused() throws IOException {
        Files.writeString(truth, TRUTH.substring(0, TRUTH.length() / 2));

        Run run = Run.of("evaluate", "--truth", truth, "--detections", detections);

        assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err()).startsWith("parfocal evaluate: " + truth).doesNotContain("\tat ");
        assertThat(run.err().lines()).hasSize(1);

        assertThat(Run.of("evaluate", "--truth", folder, "--detections", detections)
                        .err())
                .isEqualTo("parfocal evaluate: " + folder + ": cannot read this file: Is a directory\n");
    }

    @Test
    void anUnknownImageIsRefusedUnlessAskedFor() throws IOException {
        Files.writeString(
                detections, "[{\"image_id\": 2, \"category_id\": 7, \"bbox\": [10, 10, 50, 50], \"score\": 0.9}]");

        assertThat(Run.of("evaluate", "--truth", truth, "--detections", detections)
                        .code())
                .isEqualTo(ExitCode.BAD_INPUT);
        Run lenient = Run.of("evaluate", "--truth", truth, "--detections", detections, "--some-images");
        assertThat(lenient.code()).isZero();
        assertThat(lenient.err()).startsWith("note: 1 detection is on an image that the truth does not list");
    }

    private Run evaluate(Object... options) {
        return Run.of(
                Stream.concat(Stream.of("evaluate", "--truth", truth, "--detections", detections), Stream.of(options))
                        .toArray());
    }

    @Test
    void limitsThresholdsSizesAndSlicesAreTheUsers() throws IOException {
        Files.writeString(truth, TRUTH.replace("\"height\"", "\"place\": \"lab\", \"height\""));
        Path curves = folder.resolve("curves.csv");

        Run run = evaluate(
                "--iou",
                "0.3:0.5:0.1",
                "--max-detections",
                "5,300",
                "--area",
                "big=1000:",
                "--mode",
                "corrected",
                "--slices",
                "size,image:place",
                "--curves",
                curves);

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith(" Average Precision  (AP) @[ IoU=0.30:0.50 | area=   all | maxDets=300 ] = 1.000   AP\n")
                .contains("= 1.000   AP40\n", "= 1.000   AP-big\n", "= 1.000   AR5\n", "= 1.000   AR-big\n")
                .contains("32 to 96 px         1  1.000  1.000  1.000", "image:place  objects");
        assertThat(curves)
                .content()
                .startsWith("class,iou,recall,precision,score\ncell,0.3,0.0,")
                .hasLineCount(1 + 303);
    }

    @Test
    void optionsOfMeasuringAreRefusedInWords() {
        assertThat(evaluate("--mode", "loose").err()).contains("--mode loose: it is strict or corrected");
        assertThat(evaluate("--iou", "half").err()).contains("--iou half: 'half' is not a number");
        assertThat(evaluate("--iou", "0.9:0.1:0.1").err()).contains("must ascend");
        assertThat(evaluate("--area", "big=7").err()).contains("--area big=7: write NAME=FROM:TO");
        assertThat(evaluate("--area", "big=0:1e400").err()).contains("'1e400' is not a finite number");
        assertThat(evaluate("--area", "=0:5").err()).contains("--area =0:5: write NAME=FROM:TO");
        assertThat(evaluate("--area", "a=0:5", "--area", "A=5:9").err())
                .contains("--area A=5:9: there is a class of sizes 'a' already");
        assertThat(evaluate("--classes", ",").err()).contains("--classes ,: nothing stands before");
        assertThat(evaluate("--max-detections", "1,").err()).contains("--max-detections 1,: nothing stands before");
        assertThat(evaluate("--max-detections", "1,ten").err()).contains("'ten' is not a whole number");
        Path result = folder.resolve("result");
        assertThat(evaluate("--json", result, "--curves", folder.resolve("./result"))
                        .err())
                .contains("is the file of --json, too");
        assertThat(result).doesNotExist();
        assertThat(evaluate("--slices", "colour").err())
                .contains("it is size, aspect, crowding, position or image:FIELD");
        assertThat(evaluate("--slices", "image:sky").err()).contains("has the attribute 'sky'; they have none");
        assertThat(evaluate("--classes", "cow").err())
                .contains("the truth has no class named 'cow'; it has cell, rare");
        assertThat(evaluate("--curves", truth).err()).contains("name another file, so that it is not overwritten");
    }

    @Test
    void kindsOfErrorsHaveTheirPrice() throws IOException {
        Files.writeString(
                detections, "[{\"image_id\": 1, \"category_id\": 9, \"bbox\": [10, 10, 50, 50], \"score\": 0.9}]");
        Path json = folder.resolve("scores.json");

        Run run = evaluate("--errors", "--json", json);

        assertThat(run.out())
                .contains("Cls   the right place, the wrong class", "             1         1.000")
                .contains("gain in AP50");
        assertThat(json).content().contains("\"dAP50-Cls\" : 1.0", "\"dAP50-Miss\" : 0.0");
    }
}
