package dev.parfocal.training.detr;

import dev.parfocal.training.backbone.Level;
import dev.parfocal.training.block.PixelAttention;
import dev.parfocal.training.block.Transformer;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.neck.Neck;
import dev.parfocal.training.neck.Pyramid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * RT-DETR's neck: maps are brought to one width, the pixels of the coarsest attend to each other, and levels are merged
 * from coarse to fine and back.
 */
final class HybridEncoder implements Neck {
    private final List<Level> levels;
    private final List<Block> projections = new ArrayList<>();
    private final PixelAttention attention;
    private final List<Block> laterals = new ArrayList<>();
    private final List<Block> downwards = new ArrayList<>();
    private final List<Block> halvings = new ArrayList<>();
    private final List<Block> upwards = new ArrayList<>();

    /**
     * An encoder.
     *
     * @param name of the model it belongs to
     * @param maps of the backbone, each twice as coarse as the one before
     */
    HybridEncoder(Layers layers, String name, RtDetrConfig.Encoder config, List<Level> maps) {
        levels = maps.stream()
                .map(map -> new Level(map.stride(), config.width()))
                .toList();
        for (int i = 0; i < maps.size(); i++) {
            projections.add(Convolutions.ofProjections(layers)
                    .block(name + ".encoder_input_proj." + i, maps.get(i).channels(), config.width(), 1, 1));
        }
        String encoder = name + ".encoder";
        Transformer.Measures measures = new Transformer.Measures(config.width(), config.heads(), config.feedForward());
        attention = new PixelAttention(IntStream.range(0, config.layers())
                .mapToObj(i -> Transformer.normalizedAfter(layers, encoder + ".aifi.0.layers." + i, measures))
                .toList());
        Convolutions convolutions = Convolutions.ofEncoder(layers);
        int width = config.width();
        for (int i = 0; i + 1 < maps.size(); i++) {
            laterals.add(convolutions
                    .block(encoder + ".lateral_convs." + i, width, width, 1, 1)
                    .then(Tensor::silu));
            downwards.add(CspRepLayer.of(layers, encoder + ".fpn_blocks." + i, width, config.expansion()));
            halvings.add(convolutions
                    .block(encoder + ".downsample_convs." + i, width, width, 3, 2)
                    .then(Tensor::silu));
            upwards.add(CspRepLayer.of(layers, encoder + ".pan_blocks." + i, width, config.expansion()));
        }
    }

    @Override
    public List<Level> levels() {
        return levels;
    }

    @Override
    public Pyramid forward(List<Tensor> maps) {
        List<Tensor> projected = new ArrayList<>();
        for (int i = 0; i < maps.size(); i++) {
            projected.add(projections.get(i).forward(maps.get(i)));
        }
        int coarsest = maps.size() - 1;
        Tensor attended = attention.forward(projected.get(coarsest));
        projected.set(coarsest, attended);
        return new Pyramid(
                upwards(downwards(projected)),
                attention.layers().isEmpty()
                        ? Map.of()
                        : Map.of(levels.get(coarsest).stride(), attended));
    }

    /** From the coarsest level to the finest; finest first. */
    private List<Tensor> downwards(List<Tensor> maps) {
        List<Tensor> merged = new ArrayList<>(maps);
        for (int i = 0; i < laterals.size(); i++) {
            int coarse = maps.size() - 1 - i;
            Tensor lateral = laterals.get(i).forward(merged.get(coarse));
            merged.set(coarse, lateral);
            Tensor fine = maps.get(coarse - 1);
            Tensor enlarged = lateral.resizedTo(fine.size(2), fine.size(3));
            merged.set(coarse - 1, downwards.get(i).forward(Tensor.concatenate(List.of(enlarged, fine), 1)));
        }
        return merged;
    }

    /** From the finest level to the coarsest. */
    private List<Tensor> upwards(List<Tensor> maps) {
        List<Tensor> merged = new ArrayList<>(maps);
        for (int i = 0; i < halvings.size(); i++) {
            Tensor halved = halvings.get(i).forward(merged.get(i));
            merged.set(i + 1, upwards.get(i).forward(Tensor.concatenate(List.of(halved, maps.get(i + 1)), 1)));
        }
        return merged;
    }
}
