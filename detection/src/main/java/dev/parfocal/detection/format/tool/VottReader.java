package dev.parfocal.detection.format.tool;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.file.JsonFile;
import dev.parfocal.detection.format.raw.ImageSearch;
import dev.parfocal.detection.format.raw.JsonKind;
import dev.parfocal.detection.format.raw.Shapes;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what VoTT exports as JSON ({@code NAME-export.json}) and as CSV ({@code NAME-export.csv}). */
public final class VottReader {

    /** An asset that was never opened. */
    private static final long NOT_VISITED = 0;

    private static final List<String> SIDES = List.of("left", "top", "width", "height");

    private final ToolFile source;
    private final ToolRecords records;

    private VottReader(ToolFile source, ToolRecords records) {
        this.source = source;
        this.records = records;
    }

    /** The files of a folder that it is to be read from. */
    public static List<Path> files(Path path) {
        return Stream.concat(json(path).stream(), csv(path).stream())
                .map(ToolFile::file)
                .toList();
    }

    private static List<ToolFile> json(Path path) {
        return ToolFile.in(path, "json", json -> JsonKind.of(json) == JsonKind.VOTT);
    }

    private static List<ToolFile> csv(Path path) {
        return ToolFile.in(path, "csv", VottCsv::recognises);
    }

    /**
     * Reads the JSON files, or else the CSV files: an export has one or the other.
     *
     * @param path the folder, or the file
     */
    public static Dataset read(Path path, Lint lint) {
        List<ToolFile> json = json(path);
        List<ToolFile> csv = json.isEmpty() ? csv(path) : List.of();
        if (json.isEmpty() && csv.isEmpty()) {
            throw new ParfocalException(path + ": no export of VoTT; expected NAME-export.json or NAME-export.csv");
        }
        ToolRecords records = new ToolRecords(lint);
        for (ToolFile file : json) {
            VottReader reader = new VottReader(file, records);
            JsonFile.read(file.file(), content -> {
                reader.project(content);
                return path;
            });
        }
        csv.forEach(file -> VottCsv.read(file, records));
        return records.dataset(path);
    }

    private void project(JsonFile json) {
        json.object(field -> {
            switch (field) {
                case "tags" ->
                    json.array(() -> json.object(inner -> {
                        if (inner.equals("name")) {
                            records.declare(json.scalar());
                        } else {
                            json.skip();
                        }
                    }));
                case "assets" -> json.object(id -> asset(json, id));
                default -> json.skip();
            }
        });
    }

    /** What is said of the picture of an asset. */
    private static final class Asset {
        private @Nullable String name;
        private @Nullable String path;
        private long state = NOT_VISITED + 1;
        private int width;
        private int height;
        private final List<ToolObject> objects = new ArrayList<>();
    }

    private void asset(JsonFile json, String id) {
        Asset asset = new Asset();
        String where = source.name() + ", asset " + id;
        json.object(field -> {
            switch (field) {
                case "asset" -> picture(json, asset);
                case "regions" -> json.array(() -> region(json, asset, where));
                default -> json.skip();
            }
        });
        String name = asset.name == null ? id : asset.name;
        if (asset.state == NOT_VISITED) {
            records.lint().add(Problem.NOT_ANNOTATED, where, name);
            return;
        }
        records.add(new ToolImage(
                source.name() + ", " + name,
                Optional.empty(),
                file(name, asset.path),
                asset.width,
                asset.height,
                source.split(),
                asset.objects));
    }

    private Path file(String name, @Nullable String path) {
        ImageSearch search = new ImageSearch(source.roots());
        Path named = search.find(name).file();
        if (Files.isRegularFile(named) || path == null) {
            return named;
        }
        Path there = new ImageAddress(source.roots()).find(path.replaceFirst("^file:", ""));
        return Files.isRegularFile(there) ? there : named;
    }

    private static void picture(JsonFile json, Asset asset) {
        json.object(field -> {
            switch (field) {
                case "name" -> asset.name = json.scalar();
                case "path" -> asset.path = json.scalar();
                case "state" -> asset.state = json.integer();
                case "size" -> {
                    Map<String, Double> size = numbers(json);
                    asset.width = size.getOrDefault("width", 0.0).intValue();
                    asset.height = size.getOrDefault("height", 0.0).intValue();
                }
                default -> json.skip();
            }
        });
    }

    private void region(JsonFile json, Asset asset, String where) {
        String place = "region " + (asset.objects.size() + 1);
        String[] type = {"RECTANGLE"};
        List<String> tags = new ArrayList<>();
        Map<String, Double> bounds = new HashMap<>();
        List<double[]> points = new ArrayList<>();
        json.object(field -> {
            switch (field) {
                case "type" -> type[0] = json.scalar();
                case "tags" -> json.array(() -> tags.add(json.scalar()));
                case "boundingBox" -> bounds.putAll(numbers(json));
                case "points" ->
                    json.array(() -> {
                        Map<String, Double> point = numbers(json);
                        points.add(
                                new double[] {point.getOrDefault("x", Double.NaN), point.getOrDefault("y", Double.NaN)
                                });
                    });
                default -> json.skip();
            }
        });
        String what = type[0] + " '" + String.join(", ", tags) + "'";
        switch (type[0]) {
            case "RECTANGLE", "SQUARE" -> {
                // A box already.
            }
            case "POLYGON" -> records.lint().add(Problem.AROUND_SHAPE, where + ", " + place, what);
            default -> {
                records.lint().add(Problem.OTHER_SHAPE, where + ", " + place, what);
                return;
            }
        }
        Box box = box(json, bounds, points);
        (tags.isEmpty() ? List.of("") : tags).forEach(tag -> asset.objects.add(new ToolObject(place, box, tag)));
    }

    private static Box box(JsonFile json, Map<String, Double> bounds, List<double[]> points) {
        if (bounds.isEmpty() && !points.isEmpty()) {
            return Shapes.around(points.stream().flatMapToDouble(Arrays::stream).toArray());
        }
        if (!bounds.keySet().containsAll(SIDES)) {
            throw json.error("a region needs its boundingBox: left, top, width and height");
        }
        double[] xywh = SIDES.stream()
                .mapToDouble(side -> bounds.getOrDefault(side, Double.NaN))
                .toArray();
        return Box.ofXywh(xywh[0], xywh[1], xywh[2], xywh[3]);
    }

    private static Map<String, Double> numbers(JsonFile json) {
        Map<String, Double> numbers = new HashMap<>();
        json.object(field -> {
            if (json.isNumber()) {
                numbers.put(field, json.number());
            } else {
                json.skip();
            }
        });
        return numbers;
    }
}
