package dev.parfocal.core.check;

import dev.parfocal.core.kernel.Backend;
import dev.parfocal.core.kernel.Floats;
import dev.parfocal.core.loss.Batch;
import dev.parfocal.core.loss.Loss;
import dev.parfocal.core.loss.LossFunction;
import dev.parfocal.core.loss.Normalizer;
import dev.parfocal.core.loss.Options;
import java.util.ArrayList;
import java.util.List;

/** Evaluates a loss at many points at once on one of the executors that training uses. */
final class FloatRun {

    private FloatRun() {}

    /** One answer for each point. */
    static List<Answer> of(Loss loss, List<Point> points, Backend backend) {
        int width = points.get(0).predicted().length;
        float[] values = new float[points.size()];
        float[] gradient = new float[points.size() * width];
        LossFunction.of(loss, backend, 1)
                .evaluate(
                        batch(loss, points, width),
                        Options.of(Normalizer.none()).withValues(Floats.of(values)),
                        Floats.of(gradient));
        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            double[] part = new double[width];
            for (int j = 0; j < width; j++) {
                part[j] = gradient[i * width + j];
            }
            answers.add(new Answer(values[i], part));
        }
        return answers;
    }

    private static Batch batch(Loss loss, List<Point> points, int width) {
        Floats predicted = interleaved(points.stream().map(Point::predicted).toList(), width);
        List<double[]> givens = points.stream().map(Point::given).toList();
        return switch (loss.kind()) {
            case POINTWISE -> new Batch.Dense(predicted, points.size(), 1, columns(loss, givens));
            case ROW ->
                Batch.Rows.of(
                        loss,
                        predicted,
                        points.size(),
                        numbers(givens, loss.given().size()));
            case BOX ->
                new Batch.Boxes(predicted, interleaved(givens, loss.given().size()), points.size());
        };
    }

    private static Floats interleaved(List<double[]> rows, int width) {
        return Floats.of(numbers(rows, width));
    }

    private static float[] numbers(List<double[]> rows, int width) {
        float[] numbers = new float[rows.size() * width];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) rows.get(i / width)[i % width];
        }
        return numbers;
    }

    private static List<Floats> columns(Loss loss, List<double[]> givens) {
        List<Floats> columns = new ArrayList<>();
        for (int input = 0; input < loss.given().size(); input++) {
            float[] numbers = new float[givens.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = (float) givens.get(i)[input];
            }
            columns.add(Floats.of(numbers));
        }
        return columns;
    }
}
