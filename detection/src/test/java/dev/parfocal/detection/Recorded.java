package dev.parfocal.detection;

import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What other programs made of cases that the scripts in src/test/python recorded. */
public record Recorded(JsonNode json) {

    /** A file by its path below this package. */
    public static Recorded read(String file) {
        try (InputStream bytes = Recorded.class.getResourceAsStream(file)) {
            return new Recorded(new ObjectMapper().readTree(Objects.requireNonNull(bytes, file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<Recorded> cases(String name) {
        return StreamSupport.stream(json.get(name).spliterator(), false)
                .map(Recorded::new)
                .toList();
    }

    public boolean has(String name) {
        return json.has(name);
    }

    public String text(String name) {
        return json.get(name).asString();
    }

    public boolean flag(String name) {
        return json.get(name).asBoolean();
    }

    public int integer(String name) {
        return json.get(name).asInt();
    }

    public double number(String name) {
        return json.get(name).asDouble();
    }

    public double[] numbers(String name) {
        return StreamSupport.stream(json.get(name).spliterator(), false)
                .mapToDouble(JsonNode::asDouble)
                .toArray();
    }

    public float[] floats(String name) {
        double[] numbers = numbers(name);
        float[] floats = new float[numbers.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }

    public int[] integers(String name) {
        return Arrays.stream(numbers(name)).mapToInt(number -> (int) number).toArray();
    }

    /** Objects of the boxes of one name, all of label 0. */
    public List<Annotation> objects(String name) {
        double[] sides = numbers(name);
        return objects(name, new int[sides.length / 4]);
    }

    /** Objects of the boxes of one name. */
    public List<Annotation> objects(String name, int[] labels) {
        double[] sides = numbers(name);
        List<Annotation> objects = new ArrayList<>();
        for (int i = 0; i < labels.length; i++) {
            Box box = new Box(sides[4 * i], sides[4 * i + 1], sides[4 * i + 2], sides[4 * i + 3]);
            objects.add(Annotation.of(box, labels[i]));
        }
        return objects;
    }

    /** {@code [size]} -1, but for the pairs of place and value of one name. */
    public int[] sparse(String name, int size) {
        int[] all = new int[size];
        Arrays.fill(all, -1);
        for (JsonNode pair : json.get(name)) {
            all[pair.get(0).asInt()] = pair.get(1).asInt();
        }
        return all;
    }
}
