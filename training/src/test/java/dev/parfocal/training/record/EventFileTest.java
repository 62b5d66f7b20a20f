package dev.parfocal.training.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.HistogramProto;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;

/** Event files, read with TensorFlow's own classes. */
class EventFileTest {

    @TempDir
    Path folder;

    private void record(long from, long to) {
        try (Recorder recorder =
                new Recorder(folder.resolve("metrics.jsonl"), from, List.of("disc", "square"), RecordConfig.DEFAULT)) {
            for (long step = from + 1; step <= to; step++) {
                recorder.step(Steps.step(step));
            }
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.getFileName().toString().contains("tfevents"))
                    .sorted()
                    .toList();
        }
    }

    /** The events of all files; frames whose checksums are wrong fail. */
    private List<Event> events() throws IOException {
        List<Event> events = new ArrayList<>();
        for (Path file : files()) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                byte[] head = new byte[8];
                bytes.get(head);
                assertThat(bytes.getInt()).isEqualTo(checksum(head));
                byte[] message = new byte
                        [(int) ByteBuffer.wrap(head)
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()];
                bytes.get(message);
                assertThat(bytes.getInt()).isEqualTo(checksum(message));
                events.add(Event.parseFrom(message));
            }
        }
        return events;
    }

    /** As TensorFlow's crc32c.h writes it. */
    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int value = (int) crc.getValue();
        return ((value >>> 15) | (value << 17)) + 0xa282ead8;
    }

    private static Map<String, Summary.Value> values(Event event) {
        Map<String, Summary.Value> values = new LinkedHashMap<>();
        event.getSummary().getValueList().forEach(v -> values.put(v.getTag(), v));
        return values;
    }

    private static List<Long> steps(List<Event> events) {
        return events.stream().filter(Event::hasSummary).map(Event::getStep).toList();
    }

    @Test
    void holdEveryComponentNormAndHistogram() throws IOException {
        double before = System.currentTimeMillis() / 1e3;
        record(0, 1);

        List<Event> events = events();

        assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
        Event event = events.get(1);
        assertThat(event.getWallTime()).isBetween(before, before + 60);
        Map<String, Summary.Value> values = values(event);
        assertThat(values.get("loss/classification").getSimpleValue()).isEqualTo(1.1f);
        assertThat(values.get("weighted/box").getSimpleValue()).isEqualTo(0.5f);
        assertThat(values.get("loss/total").getSimpleValue()).isEqualTo(1.6f);
        assertThat(values.get("optimizer/gradientNorm").getSimpleValue()).isEqualTo(12.5f);
        assertThat(values.get("optimizer/clippedNorm").getSimpleValue()).isEqualTo(10f);
        assertThat(values.get("positives/level1").getSimpleValue()).isEqualTo(3f);
        assertThat(values.get("gradient.classification/class/square").getSimpleValue())
                .isEqualTo(0.25f);
        assertThat(values).containsKeys("milliseconds/forward", "curriculum/classification.gamma");
        HistogramProto histogram = values.get("pt/classification/negatives").getHisto();
        assertThat(histogram.getNum()).isEqualTo(91);
        assertThat(histogram.getBucketList()).hasSize(10).contains(90.0, 1.0);
        assertThat(histogram.getBucketLimitList()).hasSize(10).endsWith(1.0);
    }

    @Test
    void aResumedRunRepeatsNoStep() throws IOException {
        record(0, 9);
        // The run was killed while it wrote step 10; its checkpoint is of step 6.
        Path first = files().get(0);
        Files.write(first, Arrays.copyOf(Files.readAllBytes(first), 20), StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("metrics.jsonl"), "{\"step\":10,\"to", StandardOpenOption.APPEND);

        record(6, 300);

        assertThat(files()).hasSize(2);
        assertThat(steps(events())).hasSize(300).doesNotHaveDuplicates().isSorted();
        assertThat(Files.readAllLines(folder.resolve("metrics.jsonl"))).hasSize(300);
    }

    @Test
    void canBeLeftOut() throws IOException {
        RecordConfig none = new RecordConfig(true, false, null);
        try (Recorder recorder = new Recorder(folder.resolve("metrics.jsonl"), 0, List.of(), none)) {
            recorder.step(Steps.step(1));
        }
        assertThat(files()).isEmpty();
        assertThat(folder.resolve("metrics.jsonl")).exists();
    }
}
