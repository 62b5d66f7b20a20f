package dev.parfocal.bench;

/**
 * The first calls of a fresh JVM on 8 M logits: a line of the result file.
 *
 * @param first milliseconds of the first evaluation, generation and compilation of the kernel included
 * @param second milliseconds of the second
 * @param worst milliseconds of the slowest call after the first
 * @param steady milliseconds, median of the last half
 */
public record FirstCalls(String backend, int threads, double first, double second, double worst, double steady) {}
