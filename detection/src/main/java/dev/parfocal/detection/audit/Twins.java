package dev.parfocal.detection.audit;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Images with the same pixels, whatever their files are called and however they are compressed without loss.
 *
 * @param samples at least 2, in the data set's order
 * @param splits the parts that they are in; more than one is a leak: what is scored was trained on
 */
public record Twins(List<Sample> samples, Set<String> splits) {

    /** Copies the lists. */
    public Twins {
        samples = List.copyOf(samples);
        splits = new TreeSet<>(splits);
    }

    /** Whether they are in several parts. */
    public boolean isLeak() {
        return splits.size() > 1;
    }

    /** All of a data set; images that cannot be read are left out. */
    public static List<Twins> of(Dataset data) {
        Map<String, List<Sample>> byPixels = new LinkedHashMap<>();
        for (Sample sample : data.samples()) {
            pixels(sample)
                    .ifPresent(digest -> byPixels.computeIfAbsent(digest, unseen -> new ArrayList<>())
                            .add(sample));
        }
        return byPixels.values().stream()
                .filter(same -> same.size() > 1)
                .map(same -> new Twins(same, splits(data, same)))
                .toList();
    }

    private static Set<String> splits(Dataset data, List<Sample> samples) {
        Set<String> splits = new HashSet<>();
        data.splits().forEach((split, ids) -> {
            if (samples.stream().anyMatch(sample -> ids.contains(sample.id()))) {
                splits.add(split);
            }
        });
        return splits;
    }

    private static Optional<String> pixels(Sample sample) {
        try {
            RgbImage image = ImageFiles.read(sample.file());
            ByteBuffer bytes = ByteBuffer.allocate(4 * image.pixels().length + 4);
            bytes.putInt(image.width()).asIntBuffer().put(image.pixels());
            return Optional.of(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array())));
        } catch (ParfocalException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
