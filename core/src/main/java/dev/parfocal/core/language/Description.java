package dev.parfocal.core.language;

import java.util.ArrayList;
import java.util.List;

/**
 * What the comment above a loss says: its first line is the summary, the lines up to the first empty one name the papers
 * and other sources, and what follows are notes, a paragraph each.
 */
public record Description(String summary, List<String> sources, List<String> notes) {

    public Description {
        sources = List.copyOf(sources);
        notes = List.copyOf(notes);
    }

    static Description of(String text) {
        List<String> lines = text.lines()
                .map(String::strip)
                .dropWhile(String::isEmpty)
                .takeWhile(line -> line.startsWith("#"))
                .map(line -> line.substring(1).strip())
                .toList();
        List<List<String>> paragraphs = new ArrayList<>();
        paragraphs.add(new ArrayList<>());
        for (String line : lines) {
            if (line.isEmpty()) {
                paragraphs.add(new ArrayList<>());
            } else {
                paragraphs.get(paragraphs.size() - 1).add(line);
            }
        }
        List<String> first = paragraphs.get(0);
        List<String> notes = paragraphs.stream()
                .skip(1)
                .filter(paragraph -> !paragraph.isEmpty())
                .map(paragraph -> String.join(" ", paragraph))
                .toList();
        return new Description(
                first.isEmpty() ? "" : first.get(0), first.stream().skip(1).toList(), notes);
    }
}
