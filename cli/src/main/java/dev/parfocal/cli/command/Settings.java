package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Numbers;
import dev.parfocal.core.loss.Loss;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code --set name=value} says, checked. */
final class Settings {

    private Settings() {}

    /** Every combination of the values that are set, {@code gamma=0,1,2}, in the order they are written. */
    static List<Map<String, Double>> combinations(Map<String, String> settings) {
        List<Map<String, Double>> combinations = List.of(Map.of());
        for (var setting : settings.entrySet()) {
            List<Map<String, Double>> next = new ArrayList<>();
            for (Map<String, Double> before : combinations) {
                for (double value : numbers(setting.getKey(), setting.getValue())) {
                    Map<String, Double> combination = new LinkedHashMap<>(before);
                    combination.put(setting.getKey(), value);
                    next.add(combination);
                }
            }
            combinations = next;
        }
        return combinations;
    }

    /** The numbers of a list such as {@code 0,0.5,1}. */
    static List<Double> numbers(String name, String list) {
        List<Double> numbers = new ArrayList<>();
        for (String text : list.split(",", -1)) {
            numbers.add(number(name, text));
        }
        return numbers;
    }

    /** Whether a setting gives a number for each class: {@code [0.25, 0.5]}. */
    static boolean isPerClass(String text) {
        return text.strip().startsWith("[");
    }

    /** The numbers for each class of a setting such as {@code [0.25, 0.5]}. */
    static List<Double> perClass(String name, String text) {
        String list = text.strip();
        if (!list.endsWith("]")) {
            throw new ParfocalException(
                    name + "=" + text + ": a number for each class is written as " + name + "=[0.25, 0.5]");
        }
        return numbers(name, list.substring(1, list.length() - 1));
    }

    /** The loss with a setting: one number for all classes, or one for each. */
    static Loss apply(Loss loss, String name, String text) {
        return isPerClass(text) ? loss.withPerClass(name, perClass(name, text)) : loss.with(name, number(name, text));
    }

    /** The number of a setting. */
    static double number(String name, String text) {
        try {
            return Numbers.parse(text.strip());
        } catch (ParfocalException e) {
            throw new ParfocalException(name + "=" + text + ": " + e.getMessage(), e);
        }
    }
}
