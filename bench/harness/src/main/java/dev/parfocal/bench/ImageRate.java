package dev.parfocal.bench;

import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How many images a second are decoded and augmented, by threads; nothing is kept. {@code bench/images} runs it. */
public final class ImageRate {
    private static final Frame FRAME = Frame.of(320, 240);
    private static final int OBJECTS = 13;
    private static final double NANOS = 1e9;

    private ImageRate() {}

    /** {@code ImageRate FOLDER THREADS SECONDS}: prints images a second after a warm-up of the same length. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        List<Path> files;
        try (Stream<Path> all = Files.list(Path.of(arguments[0]))) {
            files = all.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
        int threads = Integer.parseInt(arguments[1]);
        double seconds = Double.parseDouble(arguments[2]);
        run(files, threads, seconds);
        System.out.printf(Locale.ROOT, "%.1f%n", run(files, threads, seconds));
    }

    private static double run(List<Path> files, int threads, double seconds)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        AtomicLong next = new AtomicLong();
        long start = System.nanoTime();
        try {
            for (var each : pool.invokeAll(IntStream.range(0, threads)
                    .mapToObj(i -> Executors.callable(() -> {
                        float[] planes = new float[FRAME.size()];
                        while (System.nanoTime() - start < seconds * NANOS) {
                            view(files, next.getAndIncrement(), planes);
                        }
                    }))
                    .toList())) {
                each.get();
            }
            return next.get() / ((System.nanoTime() - start) / NANOS);
        } finally {
            pool.shutdown();
        }
    }

    private static void view(List<Path> files, long index, float[] planes) {
        List<Annotation> objects = IntStream.range(0, OBJECTS)
                .mapToObj(i -> Annotation.of(new Box(20 * i, 15 * i, 20 * i + 60, 15 * i + 50), 0))
                .toList();
        Augmentation.standard(false)
                .draw(
                        ImageFiles.read(files.get((int) (index % files.size()))),
                        objects,
                        FRAME,
                        Augmentation.seed(1, 1, index),
                        planes,
                        0);
    }
}
