package dev.parfocal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainPageTest {
    private static final List<String> CLASSES = List.of("<script>alert(1)</script>", "O'Neil & \"co\"", "cell");

    @TempDir
    private Path folder;

    @Test
    void showsEverythingOfARun() throws IOException {
        Path run = RunFolder.complete(folder, CLASSES);
        Document page = Page.checked(ReportFile.write(run));

        assertThat(page.select("h1").text()).isEqualTo("varifocal on annotations.json");
        assertThat(page.select("h2").eachText())
                .containsExactly("Course", "Accuracy", "Calibration", "Mistakes", "Losses", "Origin");
        assertThat(page.select("h3").eachText())
                .contains(
                        "Losses",
                        "Average precision during training",
                        "Learning rate",
                        "Gradient norm",
                        "Gradient of classification by origin",
                        "Precision and recall",
                        "Reliability of scores",
                        "Confusion by class",
                        "Images with the most mistakes",
                        "varifocal classification",
                        "giou box",
                        "distribution_focal distribution");
        assertThat(page.select(".legend li").eachText())
                .contains("classification", "box", "total", "all classes", "<script>alert(1)</script>");
        // Losses: 2; AP, rate, gradient, shares: 4; precision: 3; reliability: 2; losses' own curves: the rest.
        assertThat(page.select("#course .panels > svg.chart")).hasSize(6);
        assertThat(page.select("#accuracy .panels > svg.chart")).hasSize(3);
        assertThat(page.select("#calibration .panels > svg.chart")).hasSize(2);
        assertThat(page.select("#losses .panels > svg.chart")).hasSizeGreaterThan(8);
        assertThat(page.select(".panels > svg.chart").stream()
                        .filter(chart -> chart.select("polyline, circle").isEmpty()))
                .isEmpty();
        assertThat(page.select(".notice.warning")).extracting(Element::text).noneMatch(t -> t.contains("not finished"));
        assertThat(page.select("#origin pre").first().text()).isEqualTo("parfocal train --data '<i>' --out run");
        assertThat(page.select(".versions").text()).contains("1.2.3", "JVM 25", "2.13", "Linux", "seed 7");
        assertThat(page.select("#origin details").text()).contains("epochs: 3");
    }

    @Test
    void confusionAndPicturesComeFromTheSameOutcomes() throws IOException {
        Document page = Page.checked(ReportFile.write(RunFolder.complete(folder, CLASSES)));

        int missed = 0;
        for (Element row : page.select(".heat tbody tr")) {
            missed += Integer.parseInt(row.select("td").last().text().replace("·", "0"));
        }
        // All four scored images have mistakes, so that all are shown.
        int words = page.select(".shots figcaption").stream()
                .mapToInt(caption -> number(caption.text(), "(\\d+) missed"))
                .sum();
        assertThat(page.select(".shots img"))
                .hasSize(4)
                .allMatch(img -> img.attr("src").startsWith("data:image/jpeg;base64,"));
        assertThat(words).isEqualTo(missed).isPositive();
        assertThat(page.select(".shots strong").text()).contains("<b>&\"");
    }

    private static int number(String text, String pattern) {
        var found = java.util.regex.Pattern.compile(pattern).matcher(text);
        return found.find() ? Integer.parseInt(found.group(1)) : 0;
    }

    @Test
    void theSameRunGivesTheSameBytes() throws IOException {
        Path run = RunFolder.complete(folder, CLASSES);
        byte[] first = Files.readAllBytes(ReportFile.write(run));
        assertThat(Files.readAllBytes(ReportFile.write(run))).isEqualTo(first);
    }

    @Test
    void aRunThatWasStoppedSaysSo() throws IOException {
        Path run = RunFolder.interrupted(folder, CLASSES);
        Files.writeString(run.resolve("failure.txt"), "step 7: the loss is NaN at <level 2>\n");
        Files.delete(run.resolve("detections.json"));
        Document page = Page.checked(ReportFile.write(run));
        assertThat(page.select(".notice.severe").first().text())
                .isEqualTo("The run was stopped. step 7: the loss is NaN at <level 2>");
        assertThat(page.select("h2").eachText()).containsExactly("Course", "Losses", "Origin");

        Files.delete(run.resolve("failure.txt"));
        List<String> lines = Files.readAllLines(run.resolve("metrics.jsonl"));
        Files.write(run.resolve("metrics.jsonl"), lines.subList(0, 4));
        assertThat(Page.checked(ReportFile.write(run))
                        .select(".notice.warning")
                        .first()
                        .text())
                .contains("not finished", "step 3, in epoch 2 of 3");

        Files.writeString(run.resolve("metrics.jsonl"), "");
        assertThat(Page.checked(ReportFile.write(run))
                        .select(".notice.warning")
                        .first()
                        .text())
                .contains("before its first step");
    }

    @Test
    void skippedStepsAreTold() throws IOException {
        Path run = RunFolder.complete(folder, CLASSES);
        Files.writeString(
                run.resolve("metrics.jsonl"),
                Files.readString(run.resolve("metrics.jsonl"))
                        + "{\"step\":7,\"epoch\":4,\"incident\":{\"at\":7,\"policy\":\"skip\",\"found\":\"step 7: infinite\"}}\n");
        assertThat(Page.checked(ReportFile.write(run)).select(".notice.warning").text())
                .contains("A step that was not finite was skipped. step 7: infinite");
    }

    @Test
    void aLossOfManyComponentsIsShownOnce() throws IOException {
        Document page = Page.checked(ReportFile.write(RunFolder.begun(folder, CLASSES, "rt_detr")));
        assertThat(page.select("#losses h3:has(.quiet)").eachText())
                .hasSize(3)
                .anyMatch(title -> title.startsWith("varifocal_detached decoder1.classification, "))
                .anyMatch(title -> title.startsWith("giou decoder1.box, ") && title.contains("encoder.box"))
                .anyMatch(title -> title.startsWith("l1 ") && title.contains("decoder0.coordinates"));
    }

    @Test
    void noDetectionsAtAll() throws IOException {
        Path run = RunFolder.complete(folder, CLASSES);
        Files.writeString(run.resolve("detections.json"), "[]");
        Document page = Page.checked(ReportFile.write(run));
        assertThat(page.select(".facts").text()).contains("AP 0.000");
        assertThat(page.select(".shots img")).hasSize(4);
        assertThat(page.select(".heat tbody tr").first().select("td").last().text())
                .isEqualTo("4");
    }

    @Test
    void oneClass() throws IOException {
        Document page = Page.checked(ReportFile.write(RunFolder.complete(folder, List.of("cell"))));
        assertThat(page.select("#accuracy .legend")).isEmpty();
        assertThat(page.select(".heat tbody tr")).hasSize(2);
    }

    @Test
    void manyClasses() throws IOException {
        List<String> many = IntStream.range(0, 80).mapToObj(i -> "class " + i).toList();
        Document page = Page.checked(ReportFile.write(RunFolder.complete(folder, many)));
        assertThat(page.select("#accuracy .legend li")).hasSize(9);
        assertThat(page.select(".heat")).isEmpty();
        assertThat(page.select("#mistakes th").eachText()).contains("what was detected");
    }

    @Test
    void imagesThatAreGoneCostThePicturesOnly() throws IOException {
        Path run = RunFolder.complete(folder, CLASSES);
        Files.delete(folder.resolve("data/annotations.json"));
        Document page = Page.checked(ReportFile.write(run));
        assertThat(page.select(".notice.warning").text()).contains("could not be measured again", "annotations.json");
        assertThat(page.select("h2").eachText()).containsExactly("Course", "Losses", "Origin");
    }

    @Test
    void aFolderWithoutARunIsRefused() {
        assertThatThrownBy(() -> ReportFile.write(folder))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("no run, comparison, search or cross-validation");
    }
}
