package dev.parfocal.detection.fold;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Several samples whose files hold the same bytes. When one is trained on and another is scored, the score is no evidence.
 *
 * @param hash SHA-256 of the file
 * @param samples at least 2, in the order given
 */
public record SamePicture(String hash, List<Sample> samples) {

    public SamePicture {
        samples = List.copyOf(samples);
    }

    /**
     * All pictures that occur more than once. A picture that was saved anew, in another size or quality, is not recognised.
     *
     * @throws ParfocalException if a file cannot be read
     */
    public static List<SamePicture> among(Collection<Sample> samples) {
        Map<String, List<Sample>> byHash = samples.stream()
                .collect(Collectors.groupingBy(SamePicture::hash, LinkedHashMap::new, Collectors.toList()));
        return byHash.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> new SamePicture(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String hash(Sample sample) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(sample.file())));
        } catch (IOException e) {
            throw new ParfocalException(sample.file() + ": cannot read this picture: " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The file names, as {@code a.jpg = b.jpg}. */
    @Override
    public String toString() {
        return samples.stream()
                .map(sample -> String.valueOf(sample.file().getFileName()))
                .collect(Collectors.joining(" = "));
    }
}
