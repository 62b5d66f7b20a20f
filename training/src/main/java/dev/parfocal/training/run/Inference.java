package dev.parfocal.training.run;

import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.box.Placement;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.image.EachImage;
import dev.parfocal.detection.image.RgbImage;
import dev.parfocal.training.config.DetectConfig;
import dev.parfocal.training.config.RunConfig;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.engine.Tensor;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.ModelConfig;
import dev.parfocal.training.model.Output;
import dev.parfocal.training.model.OutputSpec;
import dev.parfocal.training.model.OutputSpec.Columns;
import dev.parfocal.training.model.Prediction;
import dev.parfocal.training.model.Scoring;
import dev.parfocal.training.task.ImageTarget;
import dev.parfocal.training.task.QualityConfig;
import dev.parfocal.training.task.TasksConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** From pictures to detections. Not for several threads at once. */
final class Inference {
    private final DetectorModel model;
    private final DetectConfig config;
    private final TasksConfig tasks;
    private final Frame frame;
    private final OutputSpec spec;
    private final boolean softmax;

    /**
     * Of a trained detector.
     *
     * @param tasks what it was trained on beside detection
     */
    Inference(DetectorModel model, RunConfig run, TasksConfig tasks) {
        this.model = model;
        config = run.detect();
        this.tasks = tasks;
        frame = frame(model.config());
        List<OutputSpec> outputs = model.config().outputs();
        spec = outputs.get(outputs.size() - 1);
        softmax = spec.columns() == Columns.BACKGROUND_AND_CLASSES && run.loss().isExclusive(model.config());
    }

    /** Whether boxes are distributions. */
    boolean knowsDeviations() {
        return spec.bins() > 1;
    }

    /** The model's input. */
    static Frame frame(ModelConfig config) {
        return Frame.of(config.input().width(), config.input().height());
    }

    /** A picture to look at. */
    record Picture(long id, RgbImage image) {}

    /**
     * What was found in a picture.
     *
     * @param detections best first, boxes in the picture's own pixels
     * @param answers {@code [classes]} to each question about the whole picture that the model was trained on
     */
    record Found(List<Detection> detections, Map<ImageTarget, float[]> answers) {}

    /** Looks at pictures. */
    List<Found> look(List<Picture> pictures) {
        float[] planes = new float[pictures.size() * frame.size()];
        List<Placement> placements = EachImage.of(
                pictures.size(),
                i -> Augmentation.none()
                        .draw(pictures.get(i).image(), List.of(), frame, 0, planes, i * frame.size())
                        .placement());
        FloatBuffer direct = ByteBuffer.allocateDirect(4 * planes.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.put(planes).flip();
        model.training(false);
        return Scope.unrecorded(() -> {
            Prediction prediction =
                    model.forward(Tensor.images(direct, pictures.size(), 3, frame.height(), frame.width()));
            ScoredOutput scored = scored(prediction.result());
            List<Found> result = new ArrayList<>();
            for (int i = 0; i < pictures.size(); i++) {
                Picture picture = pictures.get(i);
                Box whole =
                        new Box(0, 0, picture.image().width(), picture.image().height());
                Box area = placements.get(i).apply(whole).clipped(frame.width(), frame.height());
                Candidates candidates = Candidates.of(scored, i, config, area);
                List<Detection> detections = candidates.detections(
                        picture.id(),
                        placements.get(i).inverse(),
                        picture.image().width(),
                        picture.image().height());
                result.add(new Found(detections, answers(prediction, i)));
            }
            return result;
        });
    }

    private ScoredOutput scored(Output output) {
        QualityConfig quality = tasks.quality();
        Scoring own = spec.scoring();
        Double exponent = quality == null ? null : quality.exponent();
        Scoring scoring = exponent == null ? own : own.times(QualityConfig.BRANCH, exponent);
        return ScoredOutput.of(output, softmax, spec.columns(), scoring, model.classCount());
    }

    private Map<ImageTarget, float[]> answers(Prediction prediction, int image) {
        Map<ImageTarget, float[]> answers = new EnumMap<>(ImageTarget.class);
        for (ImageTarget target : tasks.imageTargets()) {
            FloatBuffer all = prediction.branch(target.word()).onHost().floats();
            float[] own = new float[model.classCount()];
            for (int label = 0; label < own.length; label++) {
                own[label] = target.answer(all.get(image * own.length + label));
            }
            answers.put(target, own);
        }
        return answers;
    }
}
