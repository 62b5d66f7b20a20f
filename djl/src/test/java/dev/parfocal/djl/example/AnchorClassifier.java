package dev.parfocal.djl.example;

import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.listener.EvaluatorTrainingListener;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.djl.ParfocalLoss;
import dev.parfocal.djl.PriorBias;
import dev.parfocal.djl.StepCounter;
import java.io.IOException;

/**
 * A classifier of anchors as detectors have them, nearly all background, trained by DJL's own {@code EasyTrain} with a
 * loss of the catalogue or of one's own.
 */
public final class AnchorClassifier {

    /** A loss nobody ships: focal, with a floor under the weight so that easy examples never count for nothing. */
    static final String OWN_LOSS = """
            # Floored focal loss: focal loss whose weight has a floor.
            # An example of this library.
            loss floored_focal(logit; target in [0, 1])

            param gamma = 2   in [0, 5] "focusing exponent"
            param least = 0.1 in [0, 1] "smallest weight of an example"
            normalize by positives
            prior 0.01

            p = sigmoid(logit)
            p_t = target * p + (1 - target) * (1 - p)
            cross_entropy = -(target * log(p) + (1 - target) * log(1 - p))
            (least + (1 - least) * (1 - p_t)^gamma) * cross_entropy
            """;

    private static final int EPOCHS = 8;
    private static final int BATCH = 8;

    private AnchorClassifier() {}

    public static void main(String[] arguments) throws IOException, TranslateException {
        for (Loss loss : new Loss[] {Catalogue.get("focal"), Catalogue.get("varifocal"), Loss.parse(OWN_LOSS)}) {
            System.out.println(loss.name() + ": " + train(loss));
        }
        System.out.println("focal, gamma from 0 to 2: " + trainWithRisingGamma());
    }

    /**
     * What a training came to.
     *
     * @param firstLoss the loss's mean over the first epoch
     * @param lastLoss the loss's mean over the last epoch
     * @param recall the share of the unseen images' objects that got the highest score of their class at their anchor
     */
    record Outcome(float firstLoss, float lastLoss, double recall) {}

    static Outcome train(Loss loss) throws IOException, TranslateException {
        return train(loss, ParfocalLoss.of(loss));
    }

    /** Focal loss that starts as cross-entropy: a parameter that follows a schedule, at no cost per step. */
    static Outcome trainWithRisingGamma() throws IOException, TranslateException {
        Loss focal = Catalogue.get("focal");
        StepCounter counter = new StepCounter((long) EPOCHS * Anchors.seen().images() / BATCH);
        Schedule gamma = Schedule.parse("linear 0 to 2 during 0 to 0.5");
        return train(focal, ParfocalLoss.of(focal).withSchedule("gamma", gamma, counter), counter);
    }

    private static Outcome train(Loss loss, ParfocalLoss adapted, TrainingListener... listeners)
            throws IOException, TranslateException {
        Engine.getInstance().setRandomSeed(1);
        Block network = network(loss);
        try (NDManager manager = NDManager.newBaseManager();
                Model model = Model.newInstance("anchors")) {
            model.setBlock(network);
            EvaluatorTrainingListener means = new EvaluatorTrainingListener();
            DefaultTrainingConfig config = new DefaultTrainingConfig(adapted)
                    .optOptimizer(Optimizer.adam()
                            .optLearningRateTracker(Tracker.fixed(1e-2f))
                            .build())
                    .addTrainingListeners(means)
                    .addTrainingListeners(listeners);
            try (Trainer trainer = model.newTrainer(config)) {
                trainer.initialize(new Shape(BATCH, Anchors.COUNT, Anchors.FEATURES));
                ArrayDataset data = dataset(manager, Anchors.seen());
                EasyTrain.fit(trainer, 1, data, null);
                float first = means.getLatestEvaluations().get("train_loss");
                EasyTrain.fit(trainer, EPOCHS - 1, data, null);
                float last = means.getLatestEvaluations().get("train_loss");
                return new Outcome(first, last, recall(manager, network, Anchors.unseen()));
            }
        }
    }

    private static Block network(Loss loss) {
        Block last = Linear.builder().setUnits(Anchors.CLASSES).build();
        last.setInitializer(PriorBias.of(loss), Parameter.Type.BIAS);
        return new SequentialBlock()
                .add(Linear.builder().setUnits(32).build())
                .add(Activation.reluBlock())
                .add(last);
    }

    private static ArrayDataset dataset(NDManager manager, Anchors anchors) {
        NDArray labels = manager.create(anchors.labels(), new Shape(anchors.images(), Anchors.COUNT));
        return new ArrayDataset.Builder()
                .setData(features(manager, anchors))
                .optLabels(labels)
                .setSampling(BATCH, false)
                .build();
    }

    private static double recall(NDManager manager, Block network, Anchors anchors) {
        ParameterStore parameters = new ParameterStore(manager, false);
        NDArray scores = network.forward(parameters, new NDList(features(manager, anchors)), false)
                .singletonOrThrow();
        return anchors.recall(scores.toFloatArray());
    }

    private static NDArray features(NDManager manager, Anchors anchors) {
        return manager.create(anchors.features(), new Shape(anchors.images(), Anchors.COUNT, Anchors.FEATURES));
    }
}
