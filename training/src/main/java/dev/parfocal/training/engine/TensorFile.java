package dev.parfocal.training.engine;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.SafetensorsFile;
import dev.parfocal.training.weights.file.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Named float32 tensors and text notes in one file, bit exact: the safetensors format, which Python reads too. A
 * header length (little-endian, 8 bytes), a JSON header of names, shapes and offsets, then the raw values. Reading it
 * can run no code.
 */
public record TensorFile(Map<String, Entry> tensors, Map<String, String> notes) {
    private static final JsonMapper JSON = new JsonMapper();

    /** A tensor's shape and its values in row-major order. */
    public record Entry(long[] shape, float[] values) {
        /** A tensor of one dimension. */
        public static Entry of(float... values) {
            return new Entry(new long[] {values.length}, values);
        }
    }

    /**
     * The named tensor's values.
     *
     * @throws ParfocalException if there is none, or its shape is another
     */
    public float[] values(String name, long... shape) {
        Entry entry = tensors.get(name);
        if (entry == null) {
            throw new ParfocalException("the file has no tensor " + name + ": it belongs to another model");
        }
        if (!java.util.Arrays.equals(entry.shape, shape)) {
            throw new ParfocalException("tensor " + name + " has shape " + java.util.Arrays.toString(entry.shape)
                    + " in the file, but the model needs " + java.util.Arrays.toString(shape));
        }
        return entry.values;
    }

    /** The whole file's bytes. */
    public byte[] toBytes() {
        ObjectNode header = JSON.createObjectNode();
        ObjectNode texts = header.putObject(SafetensorsFile.NOTES);
        notes.forEach(texts::put);
        long offset = 0;
        for (Map.Entry<String, Entry> tensor : tensors.entrySet()) {
            ObjectNode node = header.putObject(tensor.getKey());
            node.put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            for (long size : tensor.getValue().shape) {
                shape.add(size);
            }
            ArrayNode offsets = node.putArray("data_offsets").add(offset);
            offset += 4L * tensor.getValue().values.length;
            offsets.add(offset);
        }
        byte[] json = JSON.writeValueAsBytes(header);
        int padding = -json.length & 7;
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(8 + json.length + padding + offset))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length + padding).put(json).put(" ".repeat(padding).getBytes(StandardCharsets.US_ASCII));
        for (Entry entry : tensors.values()) {
            bytes.asFloatBuffer().put(entry.values);
            bytes.position(bytes.position() + 4 * entry.values.length);
        }
        return bytes.array();
    }

    /**
     * Writes the file so that a reader sees the old one or the new one, whole: to a temporary file beside it, forced to
     * the disk, then renamed.
     *
     * @throws ParfocalException if it cannot be written, on a full disk say; the old file stays as it was
     */
    public void write(Path file) {
        AtomicFile.write(file, toBytes());
    }

    /**
     * Reads a file whole, whatever the types of its tensors are; what is not float32 is converted to it.
     *
     * @throws ParfocalException if it cannot be read, is cut off or is not in this format
     */
    public static TensorFile read(Path file) {
        WeightSource source = SafetensorsFile.open(file);
        Map<String, Entry> tensors = new LinkedHashMap<>();
        source.tensors().forEach((name, info) -> tensors.put(name, new Entry(info.dimensions(), source.read(name))));
        return new TensorFile(tensors, new LinkedHashMap<>(source.notes()));
    }
}
