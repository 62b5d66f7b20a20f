package dev.parfocal.training.detr;

import dev.parfocal.detection.assign.Priors;
import dev.parfocal.training.backbone.Backbone;
import dev.parfocal.training.box.CentreCode;
import dev.parfocal.training.box.PriorBatch;
import dev.parfocal.training.engine.Block;
import dev.parfocal.training.engine.Layers;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.Network;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Pixels;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Shared;
import dev.parfocal.training.model.Start;
import dev.parfocal.training.model.Truth;
import dev.parfocal.training.neck.Pyramid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RT-DETR, with the layer names of Hugging Face's {@code RTDetrForObjectDetection}. Its outputs are the queries as the
 * encoder proposes them, each decoder layer's denoising queries (in training), and each decoder layer's queries; a prior is
 * the whole image.
 */
final class RtDetr implements Network {
    /** The queries as the encoder proposes them. */
    static final String ENCODER = "encoder";
    /** What a layer's queries are called, before its number from 0. */
    static final String DECODER = "decoder";
    /** What a layer's denoising queries are called, before its number. */
    static final String DENOISING = "denoising";

    private static final String MODEL = "model";
    private static final int LEVELS = 3;

    private final Pixels pixels;
    private final Backbone backbone;
    private final HybridEncoder encoder;
    private final List<Block> projections = new ArrayList<>();
    private final QuerySelection selection;
    private final @Nullable DenoisingQueries denoising;
    private final Decoder decoder;

    RtDetr(Layers layers, RtDetrConfig config, Start start) {
        pixels = config.pixels();
        backbone = new DetrResNet(layers, MODEL + ".backbone.model", config.backbone());
        encoder = new HybridEncoder(layers, MODEL, config.encoder(), backbone.levels());
        RtDetrConfig.Decoder decoding = config.decoder();
        int classes = start.classCount();
        RtDetrConfig.Denoising noise = config.denoising();
        denoising = noise == null
                ? null
                : new DenoisingQueries(layers, MODEL + ".denoising_class_embed", noise, decoding.width(), classes);
        selection = new QuerySelection(layers, MODEL, decoding, classes, logit(start.prior(ENCODER)));
        for (int i = 0; i < LEVELS; i++) {
            projections.add(Convolutions.ofProjections(layers)
                    .block(MODEL + ".decoder_input_proj." + i, config.encoder().width(), decoding.width(), 1, 1));
        }
        double[] biases = new double[decoding.layers()];
        for (int i = 0; i < biases.length; i++) {
            biases[i] = logit(start.prior(DECODER + i));
        }
        decoder = new Decoder(layers, MODEL + ".decoder", decoding, LEVELS, classes, biases);
    }

    private static double logit(double probability) {
        return -Math.log((1 - probability) / probability);
    }

    /** The names of the outputs, the last of which detections are made from. */
    static List<String> names(RtDetrConfig config) {
        List<String> names = new ArrayList<>();
        names.add(ENCODER);
        for (String kind : config.denoising() == null ? List.of(DECODER) : List.of(DENOISING, DECODER)) {
            for (int i = 0; i < config.decoder().layers(); i++) {
                names.add(kind + i);
            }
        }
        return names;
    }

    @Override
    public List<String> headPrefixes() {
        return List.of(MODEL + ".decoder", MODEL + ".enc_", MODEL + ".denoising_");
    }

    @Override
    public Prediction forward(Tensor images, Truth truth) {
        List<Tensor> stages = backbone.forward(pixels.of(images));
        Pyramid pyramid = encoder.forward(stages);
        List<Tensor> maps = new ArrayList<>();
        for (int i = 0; i < LEVELS; i++) {
            maps.add(projections.get(i).forward(pyramid.levels().get(i)));
        }
        Memory memory = Memory.of(maps);
        QuerySelection.Selected selected = selection.forward(memory);
        DenoisingQueries.Noised noised = denoising == null
                ? null
                : denoising.forward(
                        truth,
                        images.size(3),
                        images.size(2),
                        selected.queries().boxes().size(1));
        Queries queries =
                noised == null ? selected.queries() : selected.queries().behind(noised.queries());
        List<Decoder.Step> steps = decoder.forward(queries, memory);
        List<Output> outputs = outputs(selected.proposed(), steps, noised, images.size(3), images.size(2));
        Map<String, List<Tensor>> places = Shared.places(backbone, stages, encoder, pyramid);
        places.put("queries", List.of(selected.features()));
        for (int i = 0; i < steps.size(); i++) {
            places.put(DECODER + ".layer" + i, List.of(steps.get(i).content()));
        }
        return new Prediction(outputs, Map.of(), new Shared(pyramid.levels(), places));
    }

    private static List<Output> outputs(
            Decoder.Step proposed,
            List<Decoder.Step> steps,
            DenoisingQueries.@Nullable Noised noised,
            int width,
            int height) {
        int added = noised == null ? 0 : noised.count();
        List<Output> outputs = new ArrayList<>();
        outputs.add(output(ENCODER, proposed, width, height));
        for (int i = 0; noised != null && i < steps.size(); i++) {
            Decoder.Step step = steps.get(i).narrow(0, added);
            outputs.add(output(DENOISING + i, step, width, height).given(noised.assignments()));
        }
        for (int i = 0; i < steps.size(); i++) {
            long queries = proposed.logits().size(1);
            outputs.add(output(DECODER + i, steps.get(i).narrow(added, queries), width, height));
        }
        return outputs;
    }

    private static Output output(String name, Decoder.Step step, int width, int height) {
        Priors wholeImage = wholeImage(step.logits().size(1), width, height);
        return new Output(
                name,
                PriorBatch.same(wholeImage, step.logits().size(0)),
                step.logits().float32().contiguous(),
                step.boxes().float32().contiguous(),
                new CentreCode());
    }

    private static Priors wholeImage(int queries, int width, int height) {
        float[] boxes = new float[4 * queries];
        for (int i = 0; i < queries; i++) {
            boxes[4 * i + 2] = width;
            boxes[4 * i + 3] = height;
        }
        return Priors.boxes(boxes);
    }
}
