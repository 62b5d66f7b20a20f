package dev.parfocal.training.engine;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
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
    private static final String NOTES = "__metadata__";
    private static final int MAX_HEADER = 100_000_000;

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
        ObjectNode texts = header.putObject(NOTES);
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
     * Reads a file.
     *
     * @throws ParfocalException if it cannot be read, is cut off or is not in this format
     */
    public static TensorFile read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            return parse(bytes, channel.size());
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + file + ": " + e.getMessage());
        } catch (JacksonException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | java.nio.BufferUnderflowException e) {
            throw new ParfocalException(file + " is not a whole safetensors file; restore it or use another");
        }
    }

    private static TensorFile parse(ByteBuffer bytes, long size) {
        long length = bytes.getLong();
        if (length < 2 || length > Math.min(MAX_HEADER, size - 8)) {
            throw new IllegalArgumentException("header length " + length);
        }
        byte[] json = new byte[(int) length];
        bytes.get(json);
        ByteBuffer data = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
        Map<String, Entry> tensors = new LinkedHashMap<>();
        Map<String, String> notes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : JSON.readTree(json).properties()) {
            if (field.getKey().equals(NOTES)) {
                field.getValue()
                        .properties()
                        .forEach(n -> notes.put(n.getKey(), n.getValue().asString()));
            } else {
                tensors.put(field.getKey(), entry(field.getValue(), data));
            }
        }
        return new TensorFile(tensors, notes);
    }

    private static Entry entry(JsonNode node, ByteBuffer data) {
        long[] shape = longs(node.path("shape"));
        long[] offsets = longs(node.path("data_offsets"));
        long elements = 1;
        for (long dimension : shape) {
            elements = Math.multiplyExact(elements, dimension);
        }
        if (offsets.length != 2
                || offsets[1] - offsets[0] != 4 * elements
                || !node.path("dtype").asString().equals("F32")) {
            throw new IllegalArgumentException("tensor " + node);
        }
        float[] values = new float[(int) elements];
        data.slice((int) offsets[0], 4 * values.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return new Entry(shape, values);
    }

    private static long[] longs(JsonNode array) {
        return List.copyOf(array.values()).stream().mapToLong(JsonNode::asLong).toArray();
    }
}
