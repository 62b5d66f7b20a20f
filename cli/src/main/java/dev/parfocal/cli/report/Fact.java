package dev.parfocal.cli.report;

/** A number that matters, at the top of a page. */
public record Fact(String label, String value, String note) {}
