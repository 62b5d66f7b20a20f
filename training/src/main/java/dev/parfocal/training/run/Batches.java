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
 * Training batches, drawn ahead on threads of their own. What a step sees follows from the seed and the step alone: the
 * order from seed and epoch, a view from seed, epoch and image; how many threads there are changes nothing.
 */
final class Batches implements AutoCloseable {
    private static final int LEAST_AHEAD = 3;

    private final EpochOrder order;
    private final Views views;
    private final Frame frame;
    private final int epochs;
    private final long seed;
    private final int ahead;
    private final ExecutorService loaders;
    /** As many batches may be under way or in use at once. */
    private final FloatBuffer[] planes;
    /** Each loader's own memory, by row. */
    private final ThreadLocal<float[]> staging;

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

    /**
     * Batches of a run.
     *
     * @param epochs of the run
     * @param step from 0, that the first one is for
     */
    Batches(EpochOrder order, Views views, Frame frame, int threads, int epochs, long seed, long step) {
        this.order = order;
        this.views = views;
        this.frame = frame;
        this.epochs = epochs;
        this.seed = seed;
        this.next = step;
        ahead = Math.max(LEAST_AHEAD, threads + 1);
        int floats = order.batch() * frame.size();
        staging = ThreadLocal.withInitial(() -> new float[floats]);
        planes = new FloatBuffer[ahead + 1];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = ByteBuffer.allocateDirect(4 * floats)
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        loaders = Executors.newFixedThreadPool(threads, task -> {
            Thread thread = new Thread(task, "parfocal-batches");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The next step's batch; its memory is drawn into again some calls later. */
    Images next() throws InterruptedException {
        while (drawn.size() < ahead) {
            long step = next++;
            drawn.add(loaders.submit(() -> draw(step)));
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
        float[] drawn = staging.get();
        List<List<Annotation>> objects = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            Sample sample = batch.get(i);
            long view = order.view(step, i, Augmentation.seed(seed, epoch, sample.id()));
            objects.add(views.draw(sample, view, (double) epoch / epochs, drawn, i * frame.size()));
        }
        FloatBuffer direct = planes[(int) (step % planes.length)];
        direct.clear().put(drawn).flip();
        return new Images(direct, objects, List.copyOf(batch));
    }

    @Override
    public void close() {
        loaders.shutdownNow();
    }
}
