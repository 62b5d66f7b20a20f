package dev.parfocal.detection.metric;

import java.util.OptionalDouble;

/**
 * One number of an evaluation.
 *
 * @param key its name in files and tables: {@code AP}, {@code AP50}, {@code APs}, {@code AR100} …
 * @param description its conditions in pycocotools' words
 * @param value in [0, 1]; empty when no object can be counted for it
 */
public record Figure(String key, String description, OptionalDouble value) {}
