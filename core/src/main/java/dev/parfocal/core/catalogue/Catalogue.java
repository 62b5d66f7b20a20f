package dev.parfocal.core.catalogue;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.loss.Loss;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The losses that come with Parfocal, in the order of {@code catalogue.txt}. Each is a {@code .loss} file beside this
 * class; a user's file takes the same road.
 */
public final class Catalogue {

    private static final List<String> NAMES = text("catalogue.txt").lines().toList();
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
