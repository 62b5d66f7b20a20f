package dev.parfocal.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.ParseError;
import org.jsoup.parser.Parser;

/** What must hold of every page. */
public final class Page {
    private static final int MOST_BYTES = 4_000_000;

    private Page() {}

    /** Reads a page and checks that it is well formed, needs nothing beside it, runs nothing, and is of a bearable size. */
    public static Document checked(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes.length).isLessThan(MOST_BYTES);
        Parser parser = Parser.htmlParser().setTrackErrors(20);
        Document page = Jsoup.parse(new String(bytes, StandardCharsets.UTF_8), "", parser);
        assertThat(parser.getErrors()).extracting(ParseError::toString).isEmpty();
        assertThat(page.select("script, iframe, object, embed, base")).isEmpty();
        for (Element element : page.getAllElements()) {
            for (Attribute attribute : element.attributes()) {
                String name = attribute.getKey();
                assertThat(name).doesNotStartWith("on");
                if (name.equals("src") || name.equals("href") || name.equals("xlink:href")) {
                    assertThat(attribute.getValue()).matches("(?s)(data:|#).*");
                }
                assertThat(attribute.getValue()).doesNotContain("url(");
            }
        }
        String style = page.select("style").html();
        assertThat(style).contains("prefers-color-scheme: dark", "@media print").doesNotContain("url(", "@import");
        for (Element link : page.select("a[href^=#]")) {
            assertThat(page.getElementById(link.attr("href").substring(1)))
                    .as(link.outerHtml())
                    .isNotNull();
        }
        for (Element chart : page.select(".panels > svg.chart")) {
            assertThat(chart.attr("aria-label")).isNotBlank();
            assertThat(chart.select("> title").text()).isNotBlank();
            assertThat(chart.outerHtml()).doesNotContain("NaN", "Infinity");
        }
        assertThat(page.select("img:not([alt]), img[alt='']")).isEmpty();
        return page;
    }
}
