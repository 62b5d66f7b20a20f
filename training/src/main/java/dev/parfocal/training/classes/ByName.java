package dev.parfocal.training.classes;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Numbers of classes, by their names. */
public final class ByName {
    /** The column of what is no object, where an output has one. */
    public static final String BACKGROUND = "background";

    private ByName() {}

    /**
     * A number for each class, in the order of the labels; that of the background comes last if it is named.
     *
     * @param key of the configuration, for messages
     * @param named numbers of some classes
     * @param other number of all others
     * @throws ParfocalException if there is no class of some name
     */
    public static Map<String, Double> complete(
            String key, Map<String, Double> named, double other, List<String> classes) {
        Map<String, Double> all = new LinkedHashMap<>();
        classes.forEach(name -> all.put(name, named.getOrDefault(name, other)));
        named.forEach((name, number) -> {
            if (!all.containsKey(name) && !name.equals(BACKGROUND)) {
                String near = Names.suggestion(name, classes);
                throw new ParfocalException(key + ": there is no class '" + name + "'"
                        + (near.isEmpty() ? "; there are " + String.join(", ", classes) : near));
            }
        });
        Double background = named.get(BACKGROUND);
        if (background != null) {
            all.put(BACKGROUND, background);
        }
        return all;
    }

    /**
     * The numbers of an output's columns.
     *
     * @param key of the configuration, for messages
     * @param complete a number for each class, as {@link #complete} gives them
     * @param classes how many there are
     * @param background the number of the first column, the background's, unless it is named; NaN if there is no such column
     * @throws ParfocalException if there is not one number for each class
     */
    public static List<Double> columns(String key, Map<String, Double> complete, int classes, double background) {
        Map<String, Double> named = new LinkedHashMap<>(complete);
        boolean first = !Double.isNaN(background);
        Double own = named.size() > classes || first ? named.remove(BACKGROUND) : null;
        if (own != null && !first) {
            throw new ParfocalException(key + "." + BACKGROUND + ": this output has no column for the background");
        }
        if (named.size() != classes) {
            String noun = named.size() == 1 ? " class" : " classes";
            throw new ParfocalException(key + " has numbers for " + named.size() + noun + " ("
                    + String.join(", ", named.keySet()) + "), and the data has " + classes + ": give one for each");
        }
        List<Double> columns = new ArrayList<>();
        if (first) {
            columns.add(own == null ? background : own);
        }
        columns.addAll(named.values());
        return columns;
    }
}
