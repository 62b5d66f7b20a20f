package dev.parfocal.training.published;

import dev.parfocal.detection.data.Category;
import dev.parfocal.training.config.Configuration;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.TensorFile;
import dev.parfocal.training.engine.TensorFile.Entry;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.weights.file.WeightSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A detector's weights as its reference names and shapes them. Beside them the file says what the classes are called, and the
 * measures of the model, so that it can be used without the run that it comes from.
 */
public final class WrittenWeights {
    /** What readers of PyTorch's safetensors files ask for. */
    private static final Map<String, String> FORMAT = Map.of("format", "pt");

    private static final String CONFIG = "config";
    private static final List<String> SECTIONS = List.of("model", "detect");

    private WrittenWeights() {}

    /**
     * The network's weights without those of further tasks, which no reference has.
     *
     * @param trained all weights by the model's names
     * @throws dev.parfocal.core.ParfocalException if one is not there, or has another shape
     */
    public static TensorFile of(RunConfig config, List<Category> categories, TensorFile trained) {
        DetectorModel model = new DetectorModel(config.model(), Start.of(categories.size(), Map.of()), 0);
        Map<String, Entry> tensors = new LinkedHashMap<>();
        model.weights().all().forEach(weight -> {
            long[] shape = weight.value().shape();
            tensors.put(weight.name(), new Entry(shape, trained.values(weight.name(), shape)));
        });
        Map<String, String> notes = new LinkedHashMap<>(FORMAT);
        notes.putAll(ClassNames.note(categories));
        notes.put(CONFIG, sections(config.change()).yaml());
        return new TensorFile(tensors, notes);
    }

    /**
     * The configuration of a file that {@link #of} made, as far as it is of use to others.
     *
     * @throws dev.parfocal.core.ParfocalException if it cannot be read
     */
    public static Optional<Configuration<RunConfig>> configuration(WeightSource source) {
        return Optional.ofNullable(source.notes().get(CONFIG))
                .map(yaml -> sections(RunConfig.configuration().overlay(yaml, source.origin())));
    }

    private static Configuration<RunConfig> sections(Configuration<RunConfig> config) {
        Configuration<RunConfig> sections = RunConfig.configuration();
        for (String section : SECTIONS) {
            sections = sections.withSection(section, config);
        }
        return sections;
    }
}
