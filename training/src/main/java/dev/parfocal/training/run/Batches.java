package dev.parfocal.training.run;

import dev.parfocal.detection.augment.Augmentation;
import dev.parfocal.detection.augment.Frame;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Sample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Training batches, drawn ahead on a thread of their own. What a step sees follows from the seed and the step alone: the
 * order from seed and epoch, a view from seed, epoch and image.
 */
final class Batches implements AutoCloseable {
    private static final int AHEAD = 3;

    private final EpochOrder order;
    private final Augmentation augmentation;
    private final Frame frame;
    private final ImageCache cache;
    private final int size;
    private final long seed;
    private final ExecutorService loader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "parfocal-batches");
        thread.setDaemon(true);
        return thread;
    });
    /** As many batches may be under way or in use at once. */
    private final FloatBuffer[] planes = new FloatBuffer[AHEAD + 1];

    private final float[] staging;
    private final Queue<Future<Images>> drawn = new ArrayDeque<>();
    private long next;

    /**
     * A batch.
     *
     * @param planes {@code [images, 3, height, width]}, direct
     * @param objects of each image, boxes in pixels of the frame
     * @param samples that the images were drawn from
     */
    record Images(FloatBuffer planes, List<List<Annotation>> objects, List<Sample> samples) {}

    /** Batches from the given step (from 0) on. */
    Batches(EpochOrder order, Augmentation augmentation, Frame frame, long seed, long step) {
        this.order = order;
        this.augmentation = augmentation;
        this.frame = frame;
        this.cache = new ImageCache(frame);
        this.size = order.batch();
        this.seed = seed;
        this.next = step;
        this.staging = new float[size * frame.size()];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = ByteBuffer.allocateDirect(4 * staging.length)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
    }

    /** The next step's batch; its memory is drawn into again some calls later. */
    Images next() throws InterruptedException {
        while (drawn.size() < AHEAD) {
            long step = next++;
            drawn.add(loader.submit(() -> draw(step)));
        }
        try {
            return drawn.remove().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("drawing a batch failed", e.getCause());
        }
    }

    private Images draw(long step) {
        int epoch = Math.toIntExact(step / order.perEpoch());
        List<Sample> batch = order.at(step);
        List<List<Annotation>> objects = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Sample sample = batch.get(i);
            ImageCache.Scaled scaled = cache.get(sample);
            long view = order.view(step, i, Augmentation.seed(seed, epoch, sample.id()));
            objects.add(augmentation
                    .draw(scaled.image(), scaled.annotations(), frame, view, staging, i * frame.size())
                    .annotations());
        }
        FloatBuffer direct = planes[(int) (step % planes.length)];
        direct.clear().put(staging).flip();
        return new Images(direct, objects, List.copyOf(batch));
    }

    @Override
    public void close() {
        loader.shutdownNow();
    }
}
