package dev.parfocal.training.record;

import dev.parfocal.core.ParfocalException;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * An event file as TensorBoard reads it: one for each session of a run. Histograms and scalars are written in the plain
 * forms of {@code tensorflow/core/framework/summary.proto} and {@code core/util/event.proto}.
 */
final class EventFile implements AutoCloseable {
    private static final String PREFIX = "events.out.tfevents.";

    private final Path file;
    private final OutputStream out;

    private EventFile(Path file, OutputStream out) {
        this.file = file;
        this.out = out;
    }

    /** Starts a file in a folder; what older ones there hold of steps after {@code step} is cut off. */
    static EventFile open(Path folder, long step) {
        try {
            for (Path older : existing(folder)) {
                byte[] bytes = Files.readAllBytes(older);
                int length = EventFrames.lengthUpTo(bytes, step);
                if (length < bytes.length) {
                    Files.write(older, Arrays.copyOf(bytes, length));
                }
            }
            Path file = folder.resolve(
                    String.format(Locale.ROOT, "%s%d.parfocal.%d", PREFIX, System.currentTimeMillis(), step));
            // A stream, not a channel: an interrupt, which asks for a stop, would close a channel.
            EventFile events = new EventFile(file, new BufferedOutputStream(new FileOutputStream(file.toFile(), true)));
            events.write(event().text(3, "brain.Event:2"));
            return events;
        } catch (IOException e) {
            throw new ParfocalException("cannot write event files in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> existing(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
    }

    void append(long step, Summaries summaries) {
        Wire summary = new Wire();
        summaries
                .scalars()
                .forEach((tag, number) ->
                        summary.message(1, new Wire().text(1, tag).real(2, (float) (double) number)));
        summaries
                .histograms()
                .forEach(each ->
                        summary.message(1, new Wire().text(1, each.tag()).message(5, histogram(each.counts()))));
        write(event().integer(2, step).message(5, summary));
    }

    private static Wire event() {
        return new Wire().real(1, System.currentTimeMillis() / 1e3);
    }

    /** Counts over equal parts of [0, 1]; sums are those of the parts' middles. */
    private static Wire histogram(long[] counts) {
        double[] buckets = new double[counts.length];
        double[] limits = new double[counts.length];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < counts.length; i++) {
            double middle = (i + .5) / counts.length;
            buckets[i] = counts[i];
            limits[i] = (i + 1.0) / counts.length;
            sum += counts[i] * middle;
            squares += counts[i] * middle * middle;
        }
        return new Wire()
                .real(1, 0.0)
                .real(2, 1.0)
                .real(3, (double) Arrays.stream(counts).sum())
                .real(4, sum)
                .real(5, squares)
                .reals(6, limits)
                .reals(7, buckets);
    }

    private void write(Wire event) {
        try {
            out.write(EventFrames.frame(event.toBytes()));
            out.flush();
        } catch (IOException e) {
            throw new ParfocalException(
                    "cannot write " + file + " (" + e.getMessage() + "): make room, then --resume", e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new ParfocalException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
