package dev.parfocal.core.catalogue;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.loss.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The losses that come with Parfocal, in the order of {@code catalogue.txt}. Each is a {@code .loss} file beside this
 * class; a user's file takes the same road.
 */
public final class Catalogue {

    private static final Map<Group, List<String>> GROUPS = groups(text("catalogue.txt"));
    private static final List<String> NAMES =
            GROUPS.values().stream().flatMap(List::stream).toList();
    private static final Map<String, Loss> LOSSES = new ConcurrentHashMap<>();

    private Catalogue() {}

    public static List<String> names() {
        return NAMES;
    }

    /**
     * A loss by its name, with its default parameters.
     *
     * @throws ParfocalException if there is none; it names the nearest
     */
    public static Loss get(String name) {
        if (!NAMES.contains(name)) {
            String near = Names.suggestion(name, NAMES);
            throw new ParfocalException("there is no loss '" + name + "'"
                    + (near.isEmpty() ? "; the catalogue has " + String.join(", ", NAMES) : near));
        }
        return LOSSES.computeIfAbsent(name, Catalogue::read);
    }

    public static List<Loss> all() {
        return NAMES.stream().map(Catalogue::get).toList();
    }

    /** The losses by group, in their order. */
    public static Map<Group, List<Loss>> byGroup() {
        Map<Group, List<Loss>> losses = new EnumMap<>(Group.class);
        GROUPS.forEach((group, names) ->
                losses.put(group, names.stream().map(Catalogue::get).toList()));
        return losses;
    }

    /** Lines such as {@code [boxes]} start a group; every other line that is not blank names a loss of it. */
    private static Map<Group, List<String>> groups(String text) {
        Map<Group, List<String>> groups = new EnumMap<>(Group.class);
        List<String> current = new ArrayList<>();
        for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
            if (line.startsWith("[")) {
                current = new ArrayList<>();
                groups.put(Group.valueOf(line.replaceAll("[\\[\\]]", "").toUpperCase(Locale.ROOT)), current);
            } else {
                current.add(line);
            }
        }
        return groups;
    }

    private static Loss read(String name) {
        String file = name + ".loss";
        return Loss.parse(text(file), file);
    }

    private static String text(String resource) {
        try (InputStream in = Catalogue.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
