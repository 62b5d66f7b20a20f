package dev.parfocal.cli.report;

/**
 * A picture of a page.
 *
 * @param words what is on it
 * @param source the picture itself, as a data: URI
 * @param width in pixels
 * @param height in pixels
 */
public record Shot(String title, String words, String source, int width, int height) {}
