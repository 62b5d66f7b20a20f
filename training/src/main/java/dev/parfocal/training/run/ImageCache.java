package dev.parfocal.training.run;

import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.augment.Picture;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decoded training images, halved while they are at least twice as large as the model's input, kept as long as there is
 * room.
 */
final class ImageCache {
    private final Map<Long, Picture> kept = new ConcurrentHashMap<>();
    private final AtomicLong room;
    private final Frame frame;

    /**
     * Empty.
     *
     * @param bytes of decoded images that may be kept
     */
    ImageCache(Frame frame, long bytes) {
        this.frame = frame;
        room = new AtomicLong(bytes);
    }

    /** An image and its objects, reduced together. */
    Picture get(Sample sample) {
        Picture known = kept.get(sample.id());
        if (known != null) {
            return known;
        }
        Picture read = read(sample);
        long bytes = 4L * read.image().pixels().length;
        if (room.addAndGet(-bytes) < 0 || kept.putIfAbsent(sample.id(), read) != null) {
            room.addAndGet(bytes);
        }
        return read;
    }

    private Picture read(Sample sample) {
        RgbImage image = ImageFiles.read(sample.file());
        double factor = 1;
        while (image.width() >= 2 * frame.width() && image.height() >= 2 * frame.height()) {
            image = image.halved();
            factor /= 2;
        }
        double f = factor;
        List<Annotation> annotations = sample.annotations().stream()
                .map(a -> new Annotation(a.box().scaled(f, f), a.label(), a.crowd(), a.area() * f * f))
                .toList();
        return new Picture(image, annotations);
    }
}
