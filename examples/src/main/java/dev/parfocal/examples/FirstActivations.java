package dev.parfocal.examples;

import dev.parfocal.examples.toy.Pictures;
import dev.parfocal.training.dense.DenseConfig;
import dev.parfocal.training.dense.InitConfig;
import dev.parfocal.training.engine.Engine;
import dev.parfocal.training.engine.Initializer;
import dev.parfocal.training.engine.Initializer.Kind;
import dev.parfocal.training.engine.Precision;
import dev.parfocal.training.engine.Scope;
import dev.parfocal.training.model.DetectorModel;
import dev.parfocal.training.model.Start;
import java.util.Map;

/** What the start of the weights and the precision of the forward pass make of a detector's first outputs. */
public final class FirstActivations {

    private static final DenseConfig MODEL = DenseConfig.DEFAULT;
    private static final int WIDTH = 160;
    private static final int HEIGHT = 128;

    private FirstActivations() {}

    /** Says for several starts how large the class logits are and how much they differ from their bias. */
    public static void main(String[] arguments) {
        Engine.start(1);
        InitConfig usual = InitConfig.DEFAULT;
        double spread = spread("He, outputs of deviation 0.01", usual, Precision.FLOAT32);
        double half = spread("the same in bfloat16", usual, Precision.BFLOAT16);
        spread("orthogonal", with(usual, new Initializer(Kind.ORTHOGONAL, Math.sqrt(2)), 1), Precision.FLOAT32);
        spread("stages that start as their shortcuts", with(usual, usual.backbone(), 0), Precision.FLOAT32);
        if (Math.abs(half - spread) > 0.05 * spread) {
            throw new IllegalStateException("bfloat16 changed the outputs by more than its rounding");
        }
    }

    private static InitConfig with(InitConfig init, Initializer backbone, double residual) {
        return new InitConfig(backbone, residual, init.neck(), init.towers(), init.outputs());
    }

    private static double spread(String name, InitConfig init, Precision precision) {
        DenseConfig config = new DenseConfig(
                MODEL.widths(),
                MODEL.neck(),
                MODEL.tower(),
                MODEL.regMax(),
                MODEL.normalization(),
                MODEL.activation(),
                precision,
                init,
                MODEL.input());
        DetectorModel model = new DetectorModel(config, Start.of(2, Map.of(DenseConfig.OUTPUT, 0.01)), 1);
        model.training(true);
        float[] logits = Scope.unrecorded(() ->
                model.forward(Pictures.noise(WIDTH, HEIGHT)).result().logits().toArray());
        double mean = 0;
        double square = 0;
        for (float logit : logits) {
            mean += logit / logits.length;
            square += (double) logit * logit / logits.length;
        }
        double deviation = Math.sqrt(square - mean * mean);
        System.out.printf("%-38s logits %.3f, give or take %.3f%n", name + ":", mean, deviation);
        return deviation;
    }
}
