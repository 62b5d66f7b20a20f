package dev.parfocal.training.run;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32;

/** Recognises the images that a run trains on, by their names, sizes and objects; a run cannot go on with others. */
record TrainedImages(int count, long checksum) {
    static final String NOTE = "images";

    static TrainedImages of(Dataset train) {
        CRC32 sum = new CRC32();
        for (Sample sample : train.samples()) {
            String words = sample.id() + " " + sample.file().getFileName() + " " + sample.width() + " "
                    + sample.height() + " " + sample.annotations() + "\n";
            sum.update(words.getBytes(StandardCharsets.UTF_8));
        }
        return new TrainedImages(train.samples().size(), sum.getValue());
    }

    /** Number and checksum. */
    String words() {
        return String.format(Locale.ROOT, "%d %08x", count, checksum);
    }

    /**
     * Compares with those of a checkpoint.
     *
     * @throws ParfocalException if they are others
     */
    void requireSame(Map<String, String> notes) {
        String before = notes.getOrDefault(NOTE, "");
        if (!before.isEmpty() && !before.equals(words())) {
            int then = Integer.parseInt(before.substring(0, before.indexOf(' ')));
            String changed = then == count ? "other names or objects" : count + " images, not " + then;
            throw new ParfocalException("the data that this run trained on has changed (it has " + changed
                    + "): resume with the same, or start another run");
        }
    }
}
