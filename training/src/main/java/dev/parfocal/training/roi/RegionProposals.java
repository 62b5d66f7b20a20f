package dev.parfocal.training.roi;

import dev.parfocal.detection.assign.Assigner;
import dev.parfocal.detection.assign.Assignment;
import dev.parfocal.detection.assign.Priors;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.EachImage;
import dev.parfocal.detection.prior.ProposalSelection;
import dev.parfocal.training.box.BoxCode;
import dev.parfocal.training.model.ImagePredictions;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.Scoring;
import dev.parfocal.training.model.Truth;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The boxes that the second stage looks at. In training the objects' own boxes join them, each is matched with the objects,
 * and only those stay that the sampler drew; in use all stay. No gradient goes through a proposal's coordinates.
 *
 * @param training which proposals are made in training
 * @param use which are made in use
 */
record RegionProposals(ProposalSelection training, ProposalSelection use) {

    /**
     * The regions of an image.
     *
     * @param learnt what they have to learn; nothing in use
     */
    record Regions(float[] boxes, List<Assignment> learnt) {}

    /**
     * The regions of each image.
     *
     * @param rpn the output of the region proposal network
     * @param consumer name of the output that learns the regions
     * @param width of the model's input in pixels
     * @param height of the model's input in pixels
     */
    List<Regions> of(Output rpn, String consumer, int width, int height, Truth truth) {
        BoxCode.Decoded decoded = rpn.code().decode(rpn.boxes(), rpn.priors());
        boolean learning = truth.objects().isPresent();
        List<List<Annotation>> objects = truth.objects().orElse(List.of());
        ProposalSelection selection = learning ? training : use;
        return EachImage.of(rpn.priors().images().size(), image -> {
            Priors anchors = rpn.priors().of(image);
            ImagePredictions now = ImagePredictions.of(rpn, Scoring.PLAIN, decoded, image);
            float[] boxes = selection.select(anchors, now, width, height).box();
            return learning ? drawn(boxes, objects.get(image), consumer, truth, image) : new Regions(boxes, List.of());
        });
    }

    private static Regions drawn(float[] proposals, List<Annotation> objects, String consumer, Truth truth, int image) {
        float[] all = withObjects(proposals, objects);
        Assignment matched = truth.matcher().match(consumer, Priors.boxes(all), objects, truth.seed() + image);
        int[] taken = IntStream.range(0, all.length / 4)
                .filter(i -> matched.label()[i] != Assignment.IGNORE)
                .toArray();
        float[] boxes = new float[4 * taken.length];
        for (int i = 0; i < taken.length; i++) {
            System.arraycopy(all, 4 * taken[i], boxes, 4 * i, 4);
        }
        return new Regions(boxes, List.of(matched.of(taken)));
    }

    /** Proposals, and behind them the boxes of the objects that can be learnt. */
    private static float[] withObjects(float[] proposals, List<Annotation> objects) {
        int[] learnt = Assigner.learnt(objects);
        Arrays.sort(learnt);
        float[] all = Arrays.copyOf(proposals, proposals.length + 4 * learnt.length);
        int at = proposals.length;
        for (int object : learnt) {
            all[at++] = (float) objects.get(object).box().x1();
            all[at++] = (float) objects.get(object).box().y1();
            all[at++] = (float) objects.get(object).box().x2();
            all[at++] = (float) objects.get(object).box().y2();
        }
        return all;
    }
}
