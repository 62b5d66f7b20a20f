package dev.parfocal.training.guard;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.training.engine.TensorFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Everything needed to take a step again elsewhere: a checkpoint of the state before it, and with it the batch, the
 * configuration, the losses' texts, and what was found. One safetensors file; reading it can run no code.
 *
 * @param state checkpoint before the step
 * @param config YAML
 * @param losses text of each {@code .loss} file that the configuration names, by that name
 * @param classes by label
 * @param pictures of the batch
 * @param objects of each image, boxes in pixels of the model's input
 * @param planes {@code [images, 3, height, width]}
 * @param shape of {@code planes}
 * @param steps of the whole run
 * @param threads of the engine
 * @param found the verdict's table
 */
public record IncidentFile(
        TensorFile state,
        String config,
        Map<String, String> losses,
        List<String> classes,
        List<BatchNames.Picture> pictures,
        List<List<Annotation>> objects,
        float[] planes,
        long[] shape,
        long steps,
        int threads,
        String found) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String PLANES = "incident/planes";
    private static final String NOTE = "incident/";
    private static final String LOSS = NOTE + "loss/";
    private static final String VERSION = "1";

    /** How many bytes the file takes, roughly. */
    public long bytes() {
        long floats = planes.length;
        for (TensorFile.Entry entry : state.tensors().values()) {
            floats += entry.values().length;
        }
        return Float.BYTES * floats;
    }

    /** Writes the file; it appears whole or not at all. */
    public void write(Path file) {
        Map<String, TensorFile.Entry> tensors = new LinkedHashMap<>(state.tensors());
        tensors.put(PLANES, new TensorFile.Entry(shape, planes));
        Map<String, String> notes = new LinkedHashMap<>(state.notes());
        notes.put(NOTE + "version", VERSION);
        notes.put(NOTE + "config", config);
        losses.forEach((name, text) -> notes.put(LOSS + name, text));
        notes.put(NOTE + "classes", JSON.writeValueAsString(classes));
        notes.put(NOTE + "images", JSON.writeValueAsString(images()));
        notes.put(NOTE + "steps", Long.toString(steps));
        notes.put(NOTE + "threads", Integer.toString(threads));
        notes.put(NOTE + "found", found);
        new TensorFile(tensors, notes).write(file);
    }

    private ArrayNode images() {
        ArrayNode images = JSON.createArrayNode();
        for (int i = 0; i < pictures.size(); i++) {
            ObjectNode image = images.addObject();
            image.put("id", pictures.get(i).id());
            image.put("file", pictures.get(i).file());
            ArrayNode all = image.putArray("objects");
            for (Annotation object : objects.get(i)) {
                Box box = object.box();
                ArrayNode numbers = all.addArray();
                // As text, which keeps NaN and every bit.
                for (double number : new double[] {box.x1(), box.y1(), box.x2(), box.y2(), object.area()}) {
                    numbers.add(Double.toString(number));
                }
                numbers.add(object.label());
                numbers.add(object.crowd());
            }
        }
        return images;
    }

    /**
     * Reads a file.
     *
     * @throws ParfocalException if it cannot be read, or is no incident of this version
     */
    public static IncidentFile read(Path file) {
        TensorFile whole = TensorFile.read(file);
        Map<String, String> notes = whole.notes();
        TensorFile.Entry planes = whole.tensors().get(PLANES);
        if (planes == null || !VERSION.equals(notes.get(NOTE + "version"))) {
            throw new ParfocalException(
                    file + " is not an incident of a training run: these are RUN/incidents/step-N.safetensors");
        }
        try {
            List<BatchNames.Picture> pictures = new ArrayList<>();
            List<List<Annotation>> objects = new ArrayList<>();
            for (JsonNode image : JSON.readTree(notes.getOrDefault(NOTE + "images", "[]"))) {
                pictures.add(new BatchNames.Picture(
                        image.path("id").asLong(), image.path("file").asString()));
                objects.add(objects(image.path("objects")));
            }
            List<String> classes = new ArrayList<>();
            JSON.readTree(notes.getOrDefault(NOTE + "classes", "[]")).forEach(name -> classes.add(name.asString()));
            requireKnown(objects, classes.size(), file);
            return new IncidentFile(
                    whole,
                    notes.getOrDefault(NOTE + "config", ""),
                    losses(notes),
                    classes,
                    pictures,
                    objects,
                    planes.values(),
                    planes.shape(),
                    Long.parseLong(notes.getOrDefault(NOTE + "steps", "")),
                    Integer.parseInt(notes.getOrDefault(NOTE + "threads", "")),
                    notes.getOrDefault(NOTE + "found", ""));
        } catch (JacksonException | NumberFormatException e) {
            throw new ParfocalException(file + " is damaged: its notes cannot be read");
        }
    }

    private static void requireKnown(List<List<Annotation>> objects, int classes, Path file) {
        boolean known = objects.stream().flatMap(List::stream).allMatch(o -> o.label() >= 0 && o.label() < classes);
        if (!known) {
            throw new ParfocalException(file + " is damaged: an object has a class that is not among its " + classes);
        }
    }

    private static List<Annotation> objects(JsonNode all) {
        List<Annotation> objects = new ArrayList<>();
        for (JsonNode numbers : all) {
            double[] at = new double[5];
            for (int i = 0; i < at.length; i++) {
                at[i] = Double.parseDouble(numbers.path(i).asString());
            }
            Box box = new Box(at[0], at[1], at[2], at[3]);
            objects.add(
                    new Annotation(box, numbers.path(5).asInt(), numbers.path(6).asBoolean(), at[4]));
        }
        return objects;
    }

    private static Map<String, String> losses(Map<String, String> notes) {
        Map<String, String> losses = new LinkedHashMap<>();
        notes.forEach((name, text) -> {
            if (name.startsWith(LOSS)) {
                losses.put(name.substring(LOSS.length()), text);
            }
        });
        return losses;
    }

    /** The planes in direct memory. */
    public FloatBuffer directPlanes() {
        FloatBuffer direct = ByteBuffer.allocateDirect(Float.BYTES * planes.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        return direct.put(planes).flip();
    }
}
