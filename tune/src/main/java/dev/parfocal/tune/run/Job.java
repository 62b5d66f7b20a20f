package dev.parfocal.tune.run;

import java.util.Map;

/**
 * What a place that runs trials is given: data alone, so that it can be sent anywhere.
 *
 * @param trial its number
 * @param settings the point: a value for each variable that counts, as configurations write them
 */
public record Job(int trial, Map<String, String> settings) {}
