package dev.parfocal.cli.report;

import java.util.List;
import java.util.Map;

/**
 * Where a result comes from.
 *
 * @param commands that were given, in order
 * @param versions of everything that decides the result, and the seed
 * @param configuration the whole of it, as YAML
 */
public record Origin(List<String> commands, Map<String, String> versions, String configuration) {}
