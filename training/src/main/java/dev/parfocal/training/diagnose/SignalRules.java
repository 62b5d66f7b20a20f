package dev.parfocal.training.diagnose;

import dev.parfocal.training.record.Signals;
import dev.parfocal.training.record.Signals.Cosine;
import dev.parfocal.training.record.StepRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Where the losses' gradients arrive, in runs that record it. */
final class SignalRules {
    /** A component with more than this share of a place decides alone what is learnt there. */
    private static final double NEARLY_ALL = 0.9;

    /** Gradients whose mean cosine is below this undo each other's work. */
    private static final double AGAINST = -0.2;

    private static final String LEVEL = "pyramid.";
    private static final String PROPOSALS = "rpn.";
    private static final String REGIONS = "roi.";
    private static final String LAYER = "decoder";

    private SignalRules() {}

    static Optional<Finding> unreachedLevel(Evidence evidence) {
        Map<String, Map<String, Double>> shares = shares(evidence);
        Map<String, List<String>> unreached = new LinkedHashMap<>();
        Set<String> levels = new LinkedHashSet<>();
        shares.keySet().stream().filter(place -> place.startsWith(LEVEL)).forEach(levels::add);
        Set<String> atLevels = new LinkedHashSet<>();
        levels.forEach(
                level -> atLevels.addAll(shares.getOrDefault(level, Map.of()).keySet()));
        for (String component : atLevels) {
            List<String> missing = levels.stream()
                    .filter(level -> !shares.getOrDefault(level, Map.of()).containsKey(component))
                    .toList();
            if (!missing.isEmpty()) {
                unreached.put(component, missing);
            }
        }
        return unreached.entrySet().stream()
                .max(Comparator.comparingInt(each -> each.getValue().size()))
                .map(each -> Finding.of(
                                each.getValue().size() * 2 > levels.size() ? Severity.WARNING : Severity.NOTE,
                                each.getKey() + " does not reach " + String.join(", ", each.getValue()),
                                "No prior of these levels owns an object, so that their boxes are never learnt and their"
                                        + " scores only that nothing is there.",
                                "Compare the objects' sizes with the levels' priors: another input size (--size), smaller or"
                                        + " larger anchors, or an assigner that looks at more levels.")
                        .with("levels", each.getValue().size())
                        .with("of", levels.size()));
    }

    static Optional<Finding> starvedRegions(Evidence evidence) {
        return shares(evidence).entrySet().stream()
                .filter(place -> place.getKey().startsWith(LEVEL))
                .map(place -> Map.entry(sum(place.getValue(), PROPOSALS), sum(place.getValue(), REGIONS)))
                .filter(sums -> sums.getKey() > 0 && sums.getValue() > 0)
                .map(sums -> sums.getKey() / (sums.getKey() + sums.getValue()))
                .max(Comparator.naturalOrder())
                .filter(share -> share > NEARLY_ALL)
                .map(share -> Finding.of(
                                Severity.WARNING,
                                "the region proposal network has " + Words.percent(share)
                                        + " of the gradient at the pyramid, the region head the rest",
                                "The shared features are formed by finding anything at all; telling the classes apart comes"
                                        + " after it.",
                                "Lower the weights of loss.rpn (--with loss.rpn.classification.weight=0.5), or balance the"
                                        + " losses (--with balance.strategy=uncertainty).")
                        .with("share", share));
    }

    private static double sum(Map<String, Double> shares, String prefix) {
        return shares.entrySet().stream()
                .filter(share -> share.getKey().startsWith(prefix))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    static Optional<Finding> fightingLayers(Evidence evidence) {
        Map<List<String>, List<Double>> cosines = new LinkedHashMap<>();
        recorded(evidence)
                .forEach(signals -> signals.cosines()
                        .forEach((place, pairs) -> pairs.stream()
                                .filter(SignalRules::isOfTwoLayers)
                                .forEach(pair -> cosines.computeIfAbsent(
                                                List.of(place, pair.first(), pair.second()), key -> new ArrayList<>())
                                        .add(pair.cosine()))));
        ToDoubleFunction<Map.Entry<List<String>, List<Double>>> mean = each ->
                each.getValue().stream().mapToDouble(cosine -> cosine).average().orElse(0);
        return cosines.entrySet().stream()
                .min(Comparator.comparingDouble(mean))
                .filter(each -> mean.applyAsDouble(each) < AGAINST)
                .map(each -> Finding.of(
                                Severity.WARNING,
                                each.getKey().get(1) + " and " + each.getKey().get(2) + " pull apart at "
                                        + each.getKey().get(0) + " (mean cosine "
                                        + Words.number(mean.applyAsDouble(each)) + ")",
                                "Layers of the decoder that are matched with different objects teach the features before them"
                                        + " opposite things.",
                                "Lower the weight of the earlier layer's losses, or train longer with more queries: matches"
                                        + " become stable as the scores do.")
                        .with("cosine", mean.applyAsDouble(each)));
    }

    private static boolean isOfTwoLayers(Cosine pair) {
        return pair.first().startsWith(LAYER)
                && pair.second().startsWith(LAYER)
                && !output(pair.first()).equals(output(pair.second()));
    }

    private static String output(String component) {
        return component.substring(0, Math.max(0, component.indexOf('.')));
    }

    static Optional<Finding> ownedPlace(Evidence evidence) {
        Map<String, Map<String, Double>> shares = shares(evidence);
        List<Map.Entry<String, Map.Entry<String, Double>>> owned = new ArrayList<>();
        shares.forEach((place, own) -> {
            if (own.size() > 1) {
                own.entrySet().stream()
                        .filter(share -> share.getValue() > NEARLY_ALL)
                        .forEach(share -> owned.add(Map.entry(place, share)));
            }
        });
        return owned.stream()
                .max(Comparator.comparingDouble(each -> each.getValue().getValue()))
                .map(most -> {
                    String component = most.getValue().getKey();
                    String places = owned.stream()
                            .filter(each -> each.getValue().getKey().equals(component))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.joining(", "));
                    return Finding.of(
                                    Severity.NOTE,
                                    component + " owns up to "
                                            + Words.percent(most.getValue().getValue()) + " of the gradient at "
                                            + places,
                                    "What these layers learn serves one loss; the others take what is left.",
                                    "Lower its weight, or let the losses be balanced: --gain auto, or --with"
                                            + " balance.strategy=uncertainty.")
                            .with("share", most.getValue().getValue());
                });
    }

    /** The mean share of each component at each place, over the recent steps whose signals were recorded. */
    private static Map<String, Map<String, Double>> shares(Evidence evidence) {
        List<Signals> all = recorded(evidence);
        Map<String, Map<String, Double>> mean = new LinkedHashMap<>();
        all.forEach(signals -> signals.shares()
                .forEach((place, shares) ->
                        shares.forEach((component, share) -> mean.computeIfAbsent(place, key -> new LinkedHashMap<>())
                                .merge(component, share / all.size(), Double::sum))));
        return mean;
    }

    private static List<Signals> recorded(Evidence evidence) {
        List<Signals> all = evidence.steps().stream()
                .map(StepRecord::signals)
                .filter(Objects::nonNull)
                .toList();
        return all.subList(all.size() / 2, all.size());
    }
}
