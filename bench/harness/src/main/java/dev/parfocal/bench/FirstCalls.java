package dev.parfocal.bench;

/**
 * The first calls of a fresh JVM on 8 M logits: a line of the result file.
 *
 * @param preparation milliseconds from the loss's name to a function: its text read, its kernel generated, a gradient made
 * @param first milliseconds of the first evaluation
 * @param second milliseconds of the second
 * @param worst milliseconds of the slowest call after the first
 * @param steady milliseconds, median of the last half
 */
public record FirstCalls(
        String backend, int threads, double preparation, double first, double second, double worst, double steady) {}
