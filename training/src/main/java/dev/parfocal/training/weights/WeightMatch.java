package dev.parfocal.training.weights;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.Fate.Kind;
import dev.parfocal.training.weights.file.TensorInfo;
import dev.parfocal.training.weights.file.WeightSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds for each of a model's weights what of a file it is loaded from; reads no values until they are asked for. */
public final class WeightMatch {
    private final WeightSource source;
    private final Target target;
    private final Map<String, String> canonical = new LinkedHashMap<>();
    private final SourceNames names;
    private final Map<String, Recipe> recipes = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final List<Fate> fates = new ArrayList<>();

    /**
     * What is to be loaded.
     *
     * @param model the model's name
     * @param shapes of its weights, by name
     * @param classes how many it tells apart
     * @param epsilon what its normalisations add to the variance, for files in which they are folded into convolutions,
     *     or models in which they are
     */
    public record Target(String model, Map<String, List<Long>> shapes, int classes, double epsilon) {}

    /** Compares names and shapes. */
    public WeightMatch(WeightSource source, Target target) {
        this.source = source;
        this.target = target;
        target.shapes.keySet().forEach(name -> canonical.put(CanonicalNames.of(name), name));
        names = SourceNames.of(source.tensors().keySet(), canonical.keySet());
        canonical.forEach((name, own) -> fates.add(
                fate(name, own, Optional.ofNullable(target.shapes.get(own)).orElseThrow())));
    }

    private Fate fate(String name, String own, List<Long> shape) {
        Optional<String> inFile = Optional.ofNullable(names.inFile().get(name));
        Optional<List<Long>> stored = inFile.map(this::info).map(TensorInfo::shape);
        inFile.ifPresent(used::add);
        if (stored.isPresent() && !stored.get().equals(shape)) {
            return new Fate(own, otherShape(name, own, shape, stored.get()), shape, stored);
        }
        Optional<Recipe> recipe =
                folded(name).or(() -> inFile.map(Recipe.Copy::new)).or(() -> unfolded(name, shape));
        recipe.ifPresent(found -> recipes.put(own, found));
        return new Fate(own, recipe.isPresent() ? Kind.LOADED : Kind.MISSING, shape, stored);
    }

    private TensorInfo info(String inFile) {
        return Optional.ofNullable(source.tensors().get(inFile)).orElseThrow();
    }

    private Kind otherShape(String name, String own, List<Long> shape, List<Long> stored) {
        if (!NameRules.byClass(name) || shape.isEmpty() || !tail(shape).equals(tail(stored))) {
            return Kind.OTHER_SHAPE;
        }
        long sides = shape.get(0) - target.classes;
        if (!NameRules.classesThenSides(name) || sides <= 0 || sides > stored.get(0)) {
            return Kind.ANEW;
        }
        int row = (int) tail(shape).stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        recipes.put(own, new Recipe.Tail(inFile(name), Math.toIntExact(sides * row)));
        return Kind.PARTLY;
    }

    private static List<Long> tail(List<Long> shape) {
        return shape.isEmpty() ? shape : shape.subList(1, shape.size());
    }

    private String inFile(String name) {
        return Optional.ofNullable(names.inFile().get(name)).orElseThrow();
    }

    /** For a model whose convolution has the normalisation folded in, from a file that has both. */
    private Optional<Recipe> folded(String name) {
        boolean kernel = name.endsWith(".weight");
        String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        Optional<String> norm = FoldedNorm.after(layer)
                .filter(n -> kernel || name.endsWith(".bias"))
                .filter(n -> canonical.containsKey(layer + ".bias")
                        && !names.inFile().containsKey(layer + ".bias"))
                .filter(n -> names.inFile().containsKey(layer + ".weight") && isBatchNorm(n))
                .filter(n -> !canonical.containsKey(n + ".running_var"));
        if (norm.isEmpty()) {
            return Optional.empty();
        }
        FoldedNorm.TENSORS.forEach(t -> used.add(inFile(norm.get() + "." + t)));
        String weight = inFile(norm.get() + ".weight");
        FoldedNorm folded = new FoldedNorm(weight.substring(0, weight.length() - "weight".length()), target.epsilon);
        return Optional.of(kernel ? new Recipe.FoldedKernel(inFile(name), folded) : new Recipe.FoldedBias(folded));
    }

    private boolean isBatchNorm(String norm) {
        return FoldedNorm.TENSORS.stream().allMatch(t -> names.inFile().containsKey(norm + "." + t));
    }

    /** For a model that normalises, from a file in which that is folded into the convolution: its bias is the shift. */
    private Optional<Recipe> unfolded(String name, List<Long> shape) {
        int dot = name.lastIndexOf('.');
        Optional<String> bias = FoldedNorm.before(name.substring(0, Math.max(0, dot)))
                .map(conv -> conv + ".bias")
                .filter(b -> !canonical.containsKey(b))
                .map(names.inFile()::get)
                .filter(b -> info(b).shape().equals(shape));
        if (bias.isEmpty()) {
            return Optional.empty();
        }
        used.add(bias.get());
        return switch (name.substring(dot + 1)) {
            case "weight" -> Optional.of(new Recipe.Constant(1));
            case "bias" -> Optional.of(new Recipe.Copy(bias.get()));
            case "running_mean" -> Optional.of(new Recipe.Constant(0));
            case "running_var" -> Optional.of(new Recipe.Constant((float) (1 - target.epsilon)));
            default -> Optional.empty();
        };
    }

    /** What became of all weights and all tensors. */
    public WeightReport report() {
        List<String> unused = new ArrayList<>();
        List<String> leftOver = new ArrayList<>();
        Map<String, String> canonicalByFile =
                names.inFile().entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
        for (String name : source.tensors().keySet()) {
            String understood = canonicalByFile.getOrDefault(name, CanonicalNames.of(name));
            boolean noUse = NameRules.noUse(understood)
                    || names.isOtherCopy(name)
                    || !names.unread().contains(name) && isAlias(name);
            if (!used.contains(name)) {
                (noUse ? unused : leftOver).add(name);
            }
        }
        return new WeightReport(
                source.origin(),
                target.model,
                Published.of(source.tensors().keySet()),
                leftOver.isEmpty() ? withPartsAnew() : List.copyOf(fates),
                leftOver,
                unused);
    }

    /** Whether the same weight is in the file under another of its names too. */
    private boolean isAlias(String name) {
        return !names.inFile().containsValue(name);
    }

    /** A part of the network of which the file has nothing starts anew, if something else is there and nothing left over. */
    private List<Fate> withPartsAnew() {
        Set<String> there = fates.stream()
                .filter(f -> f.kind() != Kind.MISSING)
                .map(f -> NameRules.part(CanonicalNames.of(f.name())))
                .collect(Collectors.toSet());
        return fates.stream()
                .map(f -> f.kind() == Kind.MISSING
                                && !there.isEmpty()
                                && !there.contains(NameRules.part(CanonicalNames.of(f.name())))
                        ? new Fate(f.name(), Kind.ANEW, f.shape(), f.inFile())
                        : f)
                .toList();
    }

    /**
     * Writes a weight's values, in row-major order; what the file does not say, such as rows of other classes, stays.
     *
     * @param name of a weight that is loaded, or loaded in part
     * @throws ParfocalException if it is neither, if a value is NaN or infinite, or if the file cannot be read
     */
    public void fill(String name, float[] values) {
        Recipe recipe = recipes.get(name);
        if (recipe == null) {
            throw new ParfocalException(source.origin() + " has nothing for the weight " + name);
        }
        recipe.fill(source, values);
    }
}
