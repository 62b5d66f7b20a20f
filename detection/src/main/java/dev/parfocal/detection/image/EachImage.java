package dev.parfocal.detection.image;

import dev.parfocal.core.ParfocalException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Work on several images at once, on all cores, whose outcome does not depend on which of them is done first. */
public final class EachImage {
    private EachImage() {}

    /**
     * What the work gives for images 0, 1, …, in this order.
     *
     * @throws ParfocalException the refusal of the first image that is refused, however many are
     */
    public static <T> List<T> of(int images, IntFunction<T> work) {
        List<Supplier<T>> outcomes = IntStream.range(0, images)
                .parallel()
                .mapToObj(image -> outcome(image, work))
                .toList();
        return outcomes.stream().map(Supplier::get).toList();
    }

    private static <T> Supplier<T> outcome(int image, IntFunction<T> work) {
        try {
            T result = work.apply(image);
            return () -> result;
        } catch (ParfocalException e) {
            return () -> {
                throw e;
            };
        }
    }
}
