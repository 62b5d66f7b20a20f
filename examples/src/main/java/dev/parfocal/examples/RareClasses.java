package dev.parfocal.examples;

import dev.parfocal.core.schedule.Schedule;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.sampling.ImageOrder;
import dev.parfocal.detection.sampling.RepeatFactors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Images with a rare class are seen more often, first much and then less and less; each epoch's order is drawn from its seed. */
public final class RareClasses {

    private static final int IMAGES = 200;
    private static final int RARITY = 50;
    private static final int EPOCHS = 5;

    private RareClasses() {}

    /** Says how often the four images with the rare class are seen in each epoch. */
    public static void main(String[] arguments) {
        List<Sample> samples =
                IntStream.range(0, IMAGES).mapToObj(RareClasses::sample).toList();
        RepeatFactors factors = RepeatFactors.of(samples, 2, 0.5);
        Schedule strength = Schedule.parse("linear 1 to 0");
        long first = 0;
        long last = 0;
        for (int epoch = 0; epoch < EPOCHS; epoch++) {
            double now = strength.at(epoch, EPOCHS);
            int[] order = ImageOrder.draw(factors.at(now), IMAGES, epoch);
            last = Arrays.stream(order).filter(image -> image % RARITY == 0).count();
            first = epoch == 0 ? last : first;
            System.out.printf(
                    "epoch %d: strength %.2f, the rare class %d times in %d images%n", epoch, now, last, IMAGES);
        }
        if (first <= last || last != IMAGES / RARITY) {
            throw new IllegalStateException("oversampling did not fade to every image once");
        }
    }

    private static Sample sample(int number) {
        int label = number % RARITY == 0 ? 1 : 0;
        return new Sample(
                number, Path.of(number + ".png"), 64, 64, List.of(Annotation.of(new Box(8, 8, 40, 40), label)));
    }
}
