package dev.parfocal.cli.tune;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.language.Names;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.tune.space.Choice;
import dev.parfocal.tune.space.Condition;
import dev.parfocal.tune.space.Domain;
import dev.parfocal.tune.space.Limits;
import dev.parfocal.tune.space.LossLimits;
import dev.parfocal.tune.space.Real;
import dev.parfocal.tune.space.Scale;
import dev.parfocal.tune.space.SearchText;
import dev.parfocal.tune.space.Space;
import dev.parfocal.tune.space.Variable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a search of training runs may name: a parameter of the classification loss, {@code lr}, a key of the losses without
 * the {@code loss.} before it, as {@code box.weight}, or any key of the configuration that holds one value.
 */
public final class SearchNames {
    private static final String LOSS = "loss.";
    private static final String DENSE = OutputSpec.ONLY + ".";
    private static final String RATE = "optimizer.learningRate";
    private static final Limits RATES =
            new Limits(0, Double.POSITIVE_INFINITY, false, Optional.of(new Real(1e-4, 0.1, Scale.LOG)));

    private final Configuration<RunConfig> base;
    private final Map<String, Limits> parameters;
    private final Map<String, JsonNode> leaves;
    private final List<String> classifications;

    /** The names of a configuration whose classification loss is {@code loss}. */
    public SearchNames(Configuration<RunConfig> base, Loss loss) {
        this.base = base;
        parameters = LossLimits.of(loss);
        leaves = base.leaves();
        classifications = keysOf("classification");
    }

    /** The space that a text describes; an empty text means all parameters of the loss. */
    public Space space(String text) {
        if (!text.isBlank()) {
            return SearchText.parse(text, this::limits);
        }
        if (parameters.isEmpty()) {
            throw new ParfocalException("the loss has no parameters to search; name something else by --search, as in"
                    + " --search 'lr in [1e-4, 0.1] log'");
        }
        return SearchText.parse(String.join(",", parameters.keySet()), this::limits);
    }

    private Limits limits(String name) {
        Limits own = parameters.get(name);
        if (own != null) {
            return own;
        }
        String key = keys(name).get(0);
        if (key.equals(RATE)) {
            return RATES;
        }
        JsonNode leaf = base.leaf(key).orElse(null);
        if (leaf == null) {
            Map<String, String> known = new LinkedHashMap<>();
            parameters.keySet().forEach(each -> known.put(each, ""));
            leaves.keySet().forEach(each -> known.put(each, ""));
            throw new ParfocalException("search '" + name + "': neither a parameter of the loss ("
                    + String.join(", ", parameters.keySet()) + ") nor a key of the configuration"
                    + Names.suggestion(name, known.keySet()));
        }
        return new Limits(
                Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, leaf.isIntegralNumber(), Optional.empty());
    }

    /** The keys of the configuration that a name stands for: several where one loss teaches several outputs. */
    private List<String> keys(String name) {
        if (parameters.containsKey(name)) {
            return classifications.stream().map(key -> key + ".set." + name).toList();
        }
        if (name.equals("lr")) {
            return List.of(RATE);
        }
        int dot = Math.max(0, name.indexOf('.'));
        List<String> slots = keysOf(name.substring(0, dot)).stream()
                .map(key -> key + name.substring(dot))
                .filter(leaves::containsKey)
                .toList();
        return !slots.isEmpty()
                ? slots
                : List.of(Stream.of(LOSS + name, former(name))
                        .filter(leaves::containsKey)
                        .findFirst()
                        .orElse(name));
    }

    /** Where the loss of a slot stands. */
    private List<String> keysOf(String slot) {
        RunConfig config = base.value();
        List<String> slots = switch (slot) {
            case "classification" -> config.loss().classificationSlots(config.model());
            case "box" -> config.loss().boxSlots(config.model());
            default -> List.of();
        };
        return slots.stream().map(LOSS::concat).toList();
    }

    /** Where a key stands that earlier versions had outside the outputs: {@code assigner.topK, loss.box.weight}. */
    private static String former(String name) {
        return LOSS + DENSE + (name.startsWith(LOSS) ? name.substring(LOSS.length()) : name);
    }

    /** A configuration with the settings of a trial. */
    public Configuration<RunConfig> configured(Map<String, String> settings) {
        Map<String, String> texts = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        settings.forEach((name, value) -> {
            keys(name).forEach(key -> texts.put(key, value));
            words.add(name + "=" + value);
        });
        return base.withTexts(texts, String.join(", ", words));
    }

    /**
     * Checks that the ends of each range and all options make a configuration.
     *
     * @throws ParfocalException if one does not; every trial with it would fail
     */
    public void requireLegal(Space space) {
        for (Variable variable : space.variables()) {
            Map<String, String> setting = new LinkedHashMap<>();
            Condition condition = variable.condition();
            if (condition != null) {
                setting.put(condition.on(), condition.options().get(0));
            }
            Domain domain = variable.domain();
            List<String> values = domain instanceof Choice choice
                    ? choice.options()
                    : List.of(domain.shown(domain.fromUnit(0)), domain.shown(domain.fromUnit(1)));
            for (String value : values) {
                setting.put(variable.name(), value);
                try {
                    configured(setting).value().losses();
                } catch (ParfocalException e) {
                    throw new ParfocalException("search '" + variable + "': with " + value + ", " + e.getMessage());
                }
            }
        }
    }

    /** Every value of the configuration by its key, but for those that change nothing in the result of a trial. */
    public Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        leaves.forEach((key, value) -> described.put(key, value.asString()));
        described.remove("threads");
        return described;
    }
}
