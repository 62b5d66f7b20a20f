package dev.parfocal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Pages in a real browser: {@code scripts/report-browser.sh} runs this. The program is {@code -Dparfocal.browser}, further
 * pages to look at are {@code -Dparfocal.pages=a.html,b.html}, pictures go to {@code -Dparfocal.screenshots}.
 */
@EnabledIfSystemProperty(
        named = "parfocal.browser",
        matches = ".+",
        disabledReason = "needs Chromium: scripts/report-browser.sh runs it")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportBrowserTest {
    private static final List<String> CLASSES = List.of("cell", "a class with a rather long name", "<b>&");
    /** Pictures of long pages are cut into pieces of this height. */
    private static final int PIECE = 1800;

    @TempDir
    static Path folder;

    private Browser browser;

    @BeforeAll
    void start() throws IOException, InterruptedException {
        Path profile = Files.createDirectory(folder.resolve("profile"));
        browser = Browser.start(System.getProperty("parfocal.browser"), profile);
    }

    @AfterAll
    void stop() {
        browser.close();
    }

    private List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Path training = Files.createDirectories(folder.resolve("training"));
        if (!Files.exists(training.resolve("run"))) {
            RunFolder.complete(training, CLASSES);
        }
        pages.add(ReportFile.write(training.resolve("run")));
        String more = System.getProperty("parfocal.pages", "");
        Arrays.stream(more.split(","))
                .filter(page -> !page.isBlank())
                .map(Path::of)
                .forEach(pages::add);
        return pages;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void looksRightAtEveryWidthAndInEveryLight(Path page) throws IOException, InterruptedException {
        List<String> grounds = new ArrayList<>();
        for (String theme : List.of("light", "dark")) {
            for (int width : new int[] {400, 1400}) {
                browser.look(width, "screen", theme);
                check(page, width);
                grounds.add(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asString());
                photograph(page, width, theme);
            }
        }
        assertThat(grounds).containsExactly("rgb(255, 255, 255)", "rgb(255, 255, 255)", grounds.get(2), grounds.get(2));
        assertThat(grounds.get(2)).isNotEqualTo(grounds.get(0));
        browser.look(720, "print", "dark");
        check(page, 720);
        assertThat(browser.evaluate("getComputedStyle(document.body).backgroundColor")
                        .asString())
                .isEqualTo("rgb(255, 255, 255)");
    }

    private void check(Path page, int width) throws InterruptedException {
        browser.open(page.toAbsolutePath());
        assertThat(browser.complaints()).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                .as("width of " + page + " at " + width)
                .isLessThanOrEqualTo(width);
        assertThat(browser.evaluate("document.querySelectorAll('.panels > svg.chart').length")
                        .asInt())
                .isPositive();
        assertThat(browser.evaluate("[...document.querySelectorAll('.panels > svg.chart')].filter(chart => {"
                                + " const box = chart.getBoundingClientRect(); return box.width < 200 || box.height < 100;"
                                + " }).length")
                        .asInt())
                .as("charts of no size")
                .isZero();
        assertThat(browser.evaluate("[...document.querySelectorAll('.shots img')].filter(image =>"
                                + " !image.complete || image.naturalWidth === 0).length")
                        .asInt())
                .as("pictures that do not show")
                .isZero();
        assertThat(browser.evaluate("[...document.querySelectorAll('svg.chart polyline')].filter(line =>"
                                + " !getComputedStyle(line).stroke.startsWith('rgb')).length")
                        .asInt())
                .as("lines without a colour")
                .isZero();
    }

    private void photograph(Path page, int width, String theme) throws IOException, InterruptedException {
        String target = System.getProperty("parfocal.screenshots", "");
        if (target.isEmpty()) {
            return;
        }
        Path pictures = Files.createDirectories(Path.of(target));
        int height = browser.evaluate("document.documentElement.scrollHeight").asInt();
        String name = page.toAbsolutePath().getParent().getFileName() + "-" + width + "-" + theme + "-";
        for (int from = 0; from < height; from += PIECE) {
            Path png = pictures.resolve(name + from / PIECE + ".png");
            browser.photograph(png, width, from, Math.min(PIECE, height - from));
        }
    }
}
