package dev.parfocal.training.config;

import dev.parfocal.core.ParfocalException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.InvalidFormatException;

/** What Jackson complains about, in a line that says where and what. */
final class Failure {

    private Failure() {}

    /**
     * The error to throw.
     *
     * @param unwritten names of mappings that nobody writes, for their keys stand beside others
     * @param origin of what stands at a path, given what is said about it
     */
    static ParfocalException of(JacksonException e, Collection<String> unwritten, BinaryOperator<String> origin) {
        String path = path(e, unwritten);
        String reason = e.getCause() instanceof ParfocalException own ? String.valueOf(own.getMessage()) : reason(e);
        String where = path.isEmpty() || reason.startsWith(path) ? "" : path + ": ";
        return new ParfocalException(origin.apply(path, reason) + ": " + where + reason, e);
    }

    private static String path(JacksonException e, Collection<String> unwritten) {
        StringBuilder path = new StringBuilder();
        for (JacksonException.Reference step : e.getPath()) {
            String name = step.getPropertyName();
            if (name != null && unwritten.contains(name)) {
                continue;
            }
            path.append(path.isEmpty() || name == null ? "" : ".")
                    .append(name == null ? "[" + step.getIndex() + "]" : name);
        }
        return path.toString();
    }

    private static String reason(JacksonException e) {
        if (!(e instanceof InvalidFormatException wrong)) {
            // YAML's parser tells its story over several lines.
            return e.getOriginalMessage()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.equals("^"))
                    .collect(Collectors.joining(" "));
        }
        Class<?> type = wrong.getTargetType();
        Object[] constants = type.getEnumConstants();
        String wanted = constants != null
                ? "none of "
                        + Arrays.stream(constants)
                                .map(each -> each.toString().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))
                : isWhole(type) ? "no whole number" : "no " + (isNumber(type) ? "number" : type.getSimpleName());
        return "'" + wrong.getValue() + "' is " + wanted;
    }

    private static boolean isWhole(Class<?> type) {
        return type == int.class || type == long.class || type == Integer.class || type == Long.class;
    }

    private static boolean isNumber(Class<?> type) {
        return type == double.class || type == Double.class;
    }
}
