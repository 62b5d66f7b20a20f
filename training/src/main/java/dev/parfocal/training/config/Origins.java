package dev.parfocal.training.config;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where the values of a configuration come from.
 *
 * @param byPath of those that differ from the defaults
 */
record Origins(Map<String, String> byPath) {
    private static final String DEFAULTS = "configuration";

    /**
     * Where what stands at a path comes from.
     *
     * @param path of a value or a section
     * @param message about it: of the values in a section those count that it names, if it names any
     */
    String of(String path, String message) {
        List<String> inside = byPath.keySet().stream()
                .filter(each -> path.isEmpty() || each.equals(path) || each.startsWith(path + "."))
                .toList();
        List<String> named = inside.stream()
                .filter(each -> message.matches("(?s).*\\b" + last(each) + "\\b.*"))
                .toList();
        String origins = (named.isEmpty() ? inside : named)
                .stream().map(byPath::get).distinct().collect(Collectors.joining(", "));
        return origins.isEmpty() ? DEFAULTS : origins;
    }

    private static String last(String path) {
        return java.util.regex.Pattern.quote(path.substring(path.lastIndexOf('.') + 1));
    }
}
