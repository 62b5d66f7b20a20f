package dev.parfocal.training.weights.file;

import dev.parfocal.core.ParfocalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file in the safetensors format: the length of a header (little-endian, 8 bytes), the header, JSON with names, types,
 * shapes and offsets, then the tensors' bytes, one behind the other without gaps.
 */
public final class SafetensorsFile implements WeightSource {
    /** The header's name for the texts beside the tensors. */
    public static final String NOTES = "__metadata__";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private static final int MAX_HEADER = 100_000_000;

    private record Place(TensorInfo info, long begin, long end) {}

    private final BinaryFile file;
    private final long dataStart;
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final Map<String, String> notes = new LinkedHashMap<>();

    private SafetensorsFile(BinaryFile file) {
        this.file = file;
        if (file.size() < 8) {
            throw broken("it is shorter than its header's length");
        }
        long length =
                ByteBuffer.wrap(file.bytes(0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > MAX_HEADER || length > file.size() - 8) {
            throw broken("its header would have " + Long.toUnsignedString(length) + " bytes");
        }
        dataStart = 8 + length;
        header(file.bytes(8, (int) length));
        checkPlaces();
    }

    /**
     * Reads the header.
     *
     * @throws ParfocalException if the file cannot be read, is cut off, is not in this format, or has a tensor whose
     *     type Parfocal does not read
     */
    public static SafetensorsFile open(Path path) {
        return new SafetensorsFile(BinaryFile.of(path));
    }

    private void header(byte[] json) {
        try {
            JsonNode header = JSON.readTree(json);
            if (!header.isObject()) {
                throw broken("its header is not a JSON object");
            }
            for (Map.Entry<String, JsonNode> field : header.properties()) {
                if (field.getKey().equals(NOTES)) {
                    field.getValue()
                            .properties()
                            .forEach(n -> notes.put(n.getKey(), n.getValue().asString()));
                } else {
                    Place place = place(field.getKey(), field.getValue());
                    places.put(field.getKey(), place);
                    tensors.put(field.getKey(), place.info);
                }
            }
        } catch (JacksonException e) {
            throw broken("its header is not JSON of the expected form");
        }
    }

    private Place place(String name, JsonNode node) {
        String type = node.path("dtype").asString();
        List<Long> offsets = longs(name, node.path("data_offsets"));
        ElementType known = ElementType.named(type)
                .orElseThrow(() -> new ParfocalException(file.path() + ": tensor " + PlainName.of(name)
                        + " has the type " + PlainName.of(type) + "; types that are read: " + ElementType.names()));
        TensorInfo info;
        try {
            info = new TensorInfo(known, longs(name, node.path("shape")));
        } catch (ParfocalException e) {
            throw broken("tensor " + PlainName.of(name) + ": " + e.getMessage());
        }
        if (offsets.size() != 2 || offsets.get(1) - offsets.get(0) != (long) info.elements() * known.bytes()) {
            throw broken("tensor " + PlainName.of(name) + " of shape " + info.shape() + " lies at " + offsets);
        }
        return new Place(info, offsets.get(0), offsets.get(1));
    }

    private List<Long> longs(String name, JsonNode array) {
        if (!array.isArray() || array.valueStream().anyMatch(n -> !n.isIntegralNumber() || !n.canConvertToLong())) {
            throw broken("tensor " + PlainName.of(name) + " lacks its shape or offsets");
        }
        return array.valueStream().map(JsonNode::asLong).toList();
    }

    private void checkPlaces() {
        List<Map.Entry<String, Place>> ordered = places.entrySet().stream()
                .sorted(Comparator.<Map.Entry<String, Place>>comparingLong(e -> e.getValue().begin)
                        .thenComparingLong(e -> e.getValue().end))
                .toList();
        long end = 0;
        for (Map.Entry<String, Place> tensor : ordered) {
            if (tensor.getValue().begin != end) {
                throw broken("tensor " + PlainName.of(tensor.getKey())
                        + (tensor.getValue().begin < end ? " overlaps another" : " follows a gap"));
            }
            end = tensor.getValue().end;
        }
        if (end != file.size() - dataStart) {
            throw broken("its tensors take " + end + " bytes, but it has " + (file.size() - dataStart) + " for them");
        }
    }

    private ParfocalException broken(String reason) {
        return new ParfocalException(
                file.path() + " is not a whole safetensors file (" + reason + "); restore it or use another");
    }

    @Override
    public String origin() {
        return file.path().toString();
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public Map<String, String> notes() {
        return Collections.unmodifiableMap(notes);
    }

    @Override
    public float[] read(String name) {
        Place place = places.get(name);
        if (place == null) {
            throw new ParfocalException(file.path() + " has no tensor " + name);
        }
        return file.floats(place.info.type(), ByteOrder.LITTLE_ENDIAN, dataStart + place.begin, place.info.elements());
    }
}
