package dev.parfocal.cli.report;

import dev.parfocal.cli.text.TextTable;

/**
 * A table with its title.
 *
 * @param words what it shows; may be empty
 */
public record Titled(String title, String words, TextTable table) {}
