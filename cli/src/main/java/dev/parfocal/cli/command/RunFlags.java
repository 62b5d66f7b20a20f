package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.loss.Kind;
import dev.parfocal.detection.format.Format;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.Models;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.guard.GuardConfig;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.published.PublishedWeights;
import dev.parfocal.training.weights.WeightFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a training run; what is given is laid over a configuration. */
final class RunFlags {

    private static final Pattern SIZE = Pattern.compile("(\\d+)x(\\d+)");

    @Option(
            names = "--data",
            paramLabel = "DIR|FILE",
            description = "The data set: its folder, or the file of its annotations.")
    private @Nullable Path data;

    @Option(names = "--format", paramLabel = "NAME", description = FormatNames.OPTION)
    private @Nullable Format format;

    @Option(
            names = "--train-split",
            paramLabel = "NAME",
            description = "The split to train on, e.g. trainval, or 'all'. Default: train.")
    private @Nullable String train;

    @Option(
            names = "--val-split",
            paramLabel = "NAME",
            description = "The split to evaluate on. Default: val; test if that is trained on.")
    private @Nullable String val;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            description = "The detector to start the configuration from: see 'parfocal models'. Default: dense.")
    private @Nullable String model;

    @Option(
            names = "--weights",
            paramLabel = "FILE",
            description =
                    "Published weights to start from: .safetensors, or a state dict of PyTorch (.pth, .pt). Measures "
                            + "of the model that they show, such as a ResNet's depth, are taken from them.")
    private @Nullable Path weights;

    @Option(
            names = "--loss",
            paramLabel = "NAME|FILE",
            description = "The classification loss: of the catalogue, or a .loss file. Default: the model's.")
    private @Nullable String loss;

    @Option(
            names = "--set",
            paramLabel = "PARAMETER=VALUE",
            description =
                    "A parameter of the classification loss, one number for all classes or, where the loss declares "
                            + "it so, by name: --set gamma=1.5 --set 'alpha={car: 0.4}'. May be repeated.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--class-weights",
            paramLabel = "effective|inverse|{NAME: WEIGHT,...}",
            description =
                    "How much each class counts in the classification loss: by the effective number of its objects"
                            + " (--with loss.classification.classWeights.beta=0.99), by one over their number, or by name."
                            + " Default: all the same.")
    private @Nullable String classWeights;

    @Option(
            names = "--smoothing",
            paramLabel = "SHARE",
            description = "Label smoothing of the classification loss, in (0, 1). Default: none.")
    private @Nullable String smoothing;

    @Option(names = "--box-loss", paramLabel = "NAME|FILE", description = "The box loss. Default: the model's.")
    private @Nullable String boxLoss;

    @Option(
            names = "--gain",
            paramLabel = "auto|fixed",
            description =
                    "auto: measure at the first step by what factor the classification loss must count so that its "
                            + "gradient at the shared features has the share loss.gain.share; fixed: loss.gain.value. "
                            + "Default: fixed, 1.")
    private @Nullable String gain;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images. Default: 60.")
    private @Nullable Integer epochs;

    @Option(names = "--batch", paramLabel = "N", description = "Images per step. Default: 8.")
    private @Nullable Integer batch;

    @Option(names = "--lr", paramLabel = "RATE", description = "The highest learning rate. Default: 0.002.")
    private @Nullable Double learningRate;

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "What images are fitted to, in pixels. Default: 320x240.")
    private @Nullable String size;

    @Option(names = "--seed", paramLabel = "S", description = "Same seed, same machine: same result. Default: 1.")
    private @Nullable Long seed;

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: one per processor.")
    private @Nullable Integer threads;

    @Option(
            names = "--on-nan",
            paramLabel = "stop|skip|rollback",
            description = "What to do when a loss, gradient or weight is not finite. Default: stop.")
    private GuardConfig.@Nullable Policy onNan;

    @Option(
            names = "--record",
            paramLabel = "KEY=VALUE",
            description =
                    "What is recorded of each step: --record signals=100 shows every 100 steps how each loss's signal "
                            + "travels. May be repeated.")
    private Map<String, String> recorded = new LinkedHashMap<>();

    @Option(
            names = "--with",
            paramLabel = "KEY=VALUE",
            description =
                    "Any other key of the configuration, by its path: --with model.neck.width=96. May be repeated.")
    private Map<String, String> others = new LinkedHashMap<>();

    /** An option, the key that it sets, and what it sets it to if it is given. */
    private record Given(
            String option, String key, @Nullable Object value) {}

    /** The defaults, then what weights show, then a file if one is named, then what was given. */
    Configuration<RunConfig> over(@Nullable Path file) {
        Configuration<RunConfig> config =
                measured(model == null ? RunConfig.configuration() : Models.preset(model), file);
        if (file != null) {
            config = config.overlay(file);
        }
        for (Given given : given()) {
            if (given.value != null) {
                config = config.with(given.key, given.value, given.option);
            }
        }
        Map<String, String> record = new LinkedHashMap<>();
        recorded.forEach((key, value) -> record.put("record." + key, value));
        return losses(config).withTexts(record, "--record").withTexts(others, "--with");
    }

    /** The model's measures as the weights of --weights show them; a file may name another kind of model. */
    private Configuration<RunConfig> measured(Configuration<RunConfig> base, @Nullable Path file) {
        if (weights == null) {
            return base;
        }
        String kind = (file == null ? base : base.overlay(file)).value().model().kind();
        return PublishedWeights.measured(base.with("model.kind", kind, String.valueOf(file)), WeightFile.open(weights));
    }

    private List<Given> given() {
        String path = file(data);
        return List.of(
                new Given("--data", "data.path", path),
                new Given("--format", "data.format", format),
                new Given("--train-split", "data.train", train),
                new Given("--val-split", "data.val", val),
                new Given("--weights", "weights", file(weights)),
                new Given("--gain", "loss.gain.kind", gain),
                new Given("--epochs", "epochs", epochs),
                new Given("--batch", "batch", batch),
                new Given("--lr", "optimizer.learningRate", learningRate),
                new Given("--size", "model.input", size == null ? null : size(size)),
                new Given("--seed", "seed", seed),
                new Given("--threads", "threads", threads),
                new Given("--on-nan", "guard.policy", onNan));
    }

    private static @Nullable String file(@Nullable Path path) {
        return path == null ? null : path.toAbsolutePath().normalize().toString();
    }

    /** For commands that choose the classification loss by other means. */
    void refuseLoss(String why) {
        if (loss != null || !settings.isEmpty()) {
            throw new ParfocalException((loss != null ? "--loss" : "--set") + ": " + why);
        }
    }

    /** For commands that choose the images to evaluate on by other means. */
    void refuseValSplit(String why) {
        if (val != null) {
            throw new ParfocalException("--val-split: " + why);
        }
    }

    /** The split to train on, if one was named. */
    Optional<String> trainSplit() {
        return Optional.ofNullable(train);
    }

    /**
     * Another loss starts from its own defaults, whatever a file set for the one before. It stands in the slot of the output that
     * detections are made from, and in those of other outputs that had the same loss.
     */
    private Configuration<RunConfig> losses(Configuration<RunConfig> base) {
        if (loss == null && boxLoss == null && settings.isEmpty() && classWeights == null && smoothing == null) {
            return base;
        }
        RunConfig value = base.value();
        Configuration<RunConfig> config = base;
        List<String> classes = value.loss().classificationSlots(value.model());
        if (loss != null) {
            String source = named(loss, kinds(value, "classification"));
            config = placed(config, classes, source, "--loss");
            for (String slot : classes) {
                if (!source.equals(value.loss().source(slot))) {
                    config = config.with("loss." + slot + ".target", "auto", "--loss");
                }
            }
        }
        if (boxLoss != null) {
            config = placed(
                    config, value.loss().boxSlots(value.model()), named(boxLoss, kinds(value, "box")), "--box-loss");
        }
        Map<String, Double> set = new LinkedHashMap<>();
        Map<String, String> perClass = new LinkedHashMap<>();
        Map<String, String> weights = new LinkedHashMap<>();
        Map<String, String> shares = new LinkedHashMap<>();
        for (String slot : classes) {
            settings.forEach((parameter, text) -> {
                if (text.strip().startsWith("{")) {
                    perClass.put("loss." + slot + ".perClass." + parameter, byName("--set " + parameter + "=", text));
                } else {
                    set.put("loss." + slot + ".set." + parameter, Settings.number(parameter, text));
                }
            });
            if (classWeights != null) {
                boolean named = classWeights.strip().startsWith("{");
                weights.put(
                        "loss." + slot + ".classWeights" + (named ? "" : ".balanced"),
                        named ? byName("--class-weights ", classWeights) : classWeights);
            }
            if (smoothing != null) {
                shares.put("loss." + slot + ".smoothing", smoothing);
            }
        }
        return config.with(set, "--set")
                .withTexts(perClass, "--set")
                .withTexts(weights, "--class-weights")
                .withTexts(shares, "--smoothing");
    }

    /** YAML takes {@code {car:0.4}}, without a blank, for a class of that name without a number. */
    private static String byName(String option, String text) {
        String inside = text.strip().substring(1).replaceFirst("}$", "");
        boolean quoted = text.contains("\"") || text.contains("'");
        for (String part : inside.split(",", -1)) {
            if (!quoted && !part.isBlank() && !part.strip().matches(".+:\\s+\\S+")) {
                throw new ParfocalException(option + text
                        + ": a class and its number are written {car: 0.4}, with a blank after the colon");
            }
        }
        return text;
    }

    private static Configuration<RunConfig> placed(
            Configuration<RunConfig> base, List<String> slots, String source, String option) {
        Configuration<RunConfig> config = base;
        for (String slot : slots) {
            config = config.with("loss." + slot + ".loss", source, option)
                    .with("loss." + slot + ".set", null, option)
                    .with("loss." + slot + ".perClass", null, option);
        }
        return config;
    }

    /** The kinds of loss that a slot takes at the output that detections are made from. */
    private static List<Kind> kinds(RunConfig config, String slot) {
        List<OutputSpec> outputs = config.model().outputs();
        return outputs.get(outputs.size() - 1).kinds(slot);
    }

    /** A loss's file by its whole path, so that the run can be resumed from anywhere; a name as it is. */
    private static String named(String source, List<Kind> kinds) {
        Kind found = LossArgument.of(source).kind();
        if (!kinds.contains(found)) {
            throw new ParfocalException(source + " is a " + lower(found) + " loss; a "
                    + kinds.stream().map(RunFlags::lower).collect(Collectors.joining(" or ")) + " loss is needed here");
        }
        Path file = Path.of(source);
        return Files.isRegularFile(file) ? file.toAbsolutePath().normalize().toString() : source;
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Width and height as {@code --size} names them. */
    static Map<String, Integer> size(String words) {
        Matcher matcher = SIZE.matcher(words);
        if (!matcher.matches()) {
            throw new ParfocalException("--size " + words + ": a size is written as 320x240");
        }
        if (matcher.group(1).length() > 5 || matcher.group(2).length() > 5) {
            throw new ParfocalException("--size " + words + ": a side has at most 99999 pixels");
        }
        return Map.of("width", Integer.valueOf(matcher.group(1)), "height", Integer.valueOf(matcher.group(2)));
    }
}
