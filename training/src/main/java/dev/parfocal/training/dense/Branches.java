package dev.parfocal.training.dense;

import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Conv;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Branch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The last layers of a model's further outputs. */
final class Branches {
    private static final int POOLINGS = 2;

    private final List<Branch> branches;
    private final Map<String, Block> layers = new LinkedHashMap<>();

    Branches(Layers layers, DenseConfig config, List<Branch> branches) {
        this.branches = List.copyOf(branches);
        int pooled = POOLINGS * DenseConfig.STRIDES.size() * config.neck().width();
        for (Branch branch : branches) {
            boolean image = branch.place() == Branch.Place.IMAGE;
            this.layers.put(
                    branch.name(),
                    Conv.biased(
                            layers,
                            Head.PREFIX + branch.name(),
                            image ? pooled : config.neck().width(),
                            branch.outputs(),
                            image ? 1 : 3,
                            config.init().outputs(),
                            branch.bias()));
        }
    }

    /** The outputs of each row by name, from the box branch's tower on each level. */
    Map<String, Tensor> ofRows(List<Tensor> towers) {
        return outputs(Branch.Place.BOX, branch -> points(branch, towers));
    }

    /** The outputs of whole images by name, from the pyramid's levels. */
    Map<String, Tensor> ofImages(List<Tensor> levels) {
        return outputs(Branch.Place.IMAGE, branch -> image(branch, levels));
    }

    private Map<String, Tensor> outputs(Branch.Place place, Function<Branch, Tensor> raw) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (Branch branch : branches) {
            if (branch.place() == place) {
                outputs.put(branch.name(), branch.link().of(raw.apply(branch).float32()));
            }
        }
        return outputs;
    }

    private Tensor points(Branch branch, List<Tensor> towers) {
        List<Tensor> maps = new ArrayList<>();
        for (Tensor tower : towers) {
            maps.add(Head.pixels(layer(branch).forward(tower)));
        }
        return Tensor.concatenate(maps, 1);
    }

    private Tensor image(Branch branch, List<Tensor> levels) {
        List<Tensor> pooled = new ArrayList<>();
        for (Tensor level : levels) {
            pooled.add(level.meanOfPixels());
            pooled.add(level.largestOfPixels());
        }
        Tensor numbers = layer(branch).forward(Tensor.concatenate(pooled, 1));
        return numbers.reshape(numbers.size(0), branch.outputs());
    }

    private Block layer(Branch branch) {
        return java.util.Objects.requireNonNull(layers.get(branch.name()));
    }
}
