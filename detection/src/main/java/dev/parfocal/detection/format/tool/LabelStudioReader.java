package dev.parfocal.detection.format.tool;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.file.JsonFile;
import dev.parfocal.detection.format.raw.JsonKind;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.ImageHeader;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what Label Studio exports as JSON (tasks with their annotations) and as JSON-MIN (a flat object for each annotation).
 * Classes are the labels met, sorted.
 */
public final class LabelStudioReader {

    private static final Set<String> IMAGE_ENDINGS =
            Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff", "webp", "jfif");

    private final ToolFile source;
    private final ToolRecords records;
    private int tasks;

    private LabelStudioReader(ToolFile source, ToolRecords records) {
        this.source = source;
        this.records = records;
    }

    /** The files of a folder that it is to be read from. */
    public static List<Path> files(Path path) {
        return toolFiles(path).stream().map(ToolFile::file).toList();
    }

    private static List<ToolFile> toolFiles(Path path) {
        return ToolFile.in(path, "json", json -> JsonKind.of(json) == JsonKind.LABEL_STUDIO);
    }

    /** @param path the folder, or the JSON file */
    public static Dataset read(Path path, Lint lint) {
        List<ToolFile> files = toolFiles(path);
        if (files.isEmpty()) {
            throw new ParfocalException(path + ": no export of Label Studio; expected a JSON file with a list of tasks,"
                    + " as its export JSON or JSON-MIN writes");
        }
        ToolRecords records = new ToolRecords(lint);
        for (ToolFile file : files) {
            LabelStudioReader reader = new LabelStudioReader(file, records);
            JsonFile.read(file.file(), json -> {
                json.array(() -> reader.task(json));
                return path;
            });
        }
        return records.dataset(path);
    }

    /** What a task says, gathered before it is known whether it is of use. */
    private static final class Task {
        private @Nullable Long id;
        private @Nullable String address;
        private boolean isFlat = true;
        private boolean isTruth;
        private int annotations;
        private List<LabelStudioShape> shapes = new ArrayList<>();

        /** Anything that ends like an image is preferred to the first text. */
        void address(String text) {
            if (address == null || (isImage(text) && !isImage(address))) {
                address = text;
            }
        }

        private static boolean isImage(String text) {
            String plain = text.replaceFirst("(?<!/)\\?(?!d=).*$", "");
            return IMAGE_ENDINGS.contains(
                    plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        }
    }

    private void task(JsonFile json) {
        Task task = new Task();
        tasks++;
        json.object(field -> {
            switch (field) {
                case "id" -> task.id = json.isNumber() ? Long.valueOf(json.integer()) : skipped(json);
                case "data" -> data(json, task);
                case "annotations", "completions" -> annotations(json, task);
                case "predictions", "drafts", "meta" -> json.skip();
                default -> flat(json, task);
            }
        });
        String where = source.name() + ", task " + (task.id == null ? tasks : task.id);
        if (task.address == null) {
            throw json.error("a task without an image: its data has no text");
        }
        if (!task.isFlat && task.annotations == 0) {
            records.lint().add(Problem.NOT_ANNOTATED, where, task.address);
            return;
        }
        if (task.annotations > 1) {
            records.lint().add(Problem.SEVERAL_ANNOTATIONS, where, task.annotations + " annotations");
        }
        records.add(image(json, task, task.address, where));
    }

    private static @Nullable Long skipped(JsonFile json) {
        json.skip();
        return null;
    }

    private static void data(JsonFile json, Task task) {
        task.isFlat = false;
        task.address = null;
        json.object(field -> {
            if (json.isText()) {
                task.address(json.text());
            } else {
                json.skip();
            }
        });
    }

    /** The first annotation that counts, or the one that is marked as the ground truth. */
    private static void annotations(JsonFile json, Task task) {
        task.isFlat = false;
        json.array(() -> {
            List<LabelStudioShape> shapes = new ArrayList<>();
            boolean[] marks = new boolean[2];
            json.object(field -> {
                switch (field) {
                    case "result" -> json.array(() -> shapes.add(LabelStudioShape.read(json)));
                    case "was_cancelled" -> marks[0] = isTrue(json);
                    case "ground_truth" -> marks[1] = isTrue(json);
                    default -> json.skip();
                }
            });
            if (marks[0]) {
                return;
            }
            if (task.annotations++ == 0 || (marks[1] && !task.isTruth)) {
                task.shapes = shapes;
                task.isTruth = marks[1];
            }
        });
    }

    private static boolean isTrue(JsonFile json) {
        return !json.isNull() && json.flag();
    }

    /** JSON-MIN has the data's fields and the results' beside the task's own. */
    private static void flat(JsonFile json, Task task) {
        if (task.isFlat && json.isText()) {
            task.address(json.text());
        } else if (json.isArray()) {
            json.array(() -> {
                if (json.isObject()) {
                    task.shapes.add(LabelStudioShape.read(json));
                } else {
                    json.skip();
                }
            });
        } else {
            json.skip();
        }
    }

    private ToolImage image(JsonFile json, Task task, String address, String where) {
        Path file = new ImageAddress(source.roots()).find(address);
        int width = 0;
        int height = 0;
        for (LabelStudioShape shape : task.shapes) {
            width = Math.max(width, shape.imageWidth());
            height = Math.max(height, shape.imageHeight());
            if (shape.imageRotation() != 0) {
                throw json.error("image_rotation " + shape.imageRotation()
                        + ": the image was turned while it was annotated; turn the file itself, and annotate that");
            }
        }
        Optional<ImageHeader> header = width == 0 || height == 0 ? header(file) : Optional.empty();
        int shownWidth = header.map(ImageHeader::shownWidth).orElse(width);
        int shownHeight = header.map(ImageHeader::shownHeight).orElse(height);
        return new ToolImage(
                where,
                Optional.ofNullable(task.id).map(RecordId::of),
                file,
                width,
                height,
                source.split(),
                objects(task, where, shownWidth, shownHeight));
    }

    private static Optional<ImageHeader> header(Path file) {
        try {
            return Optional.of(ImageFiles.header(file));
        } catch (ParfocalException e) {
            // Whoever takes the image in meets and counts the same failure.
            return Optional.empty();
        }
    }

    private List<ToolObject> objects(Task task, String where, int width, int height) {
        Set<String> labelled = new HashSet<>();
        task.shapes.forEach(shape -> {
            if (!shape.labels().isEmpty()) {
                shape.id().ifPresent(labelled::add);
            }
        });
        List<ToolObject> objects = new ArrayList<>();
        for (int i = 0; i < task.shapes.size(); i++) {
            LabelStudioShape shape = task.shapes.get(i);
            boolean isLabelledApart = shape.labels().isEmpty()
                    && shape.id().filter(labelled::contains).isPresent();
            if (shape.isShape() && !isLabelledApart) {
                add(shape, "result " + (i + 1), where, shape.box(width, height), objects);
            }
        }
        return objects;
    }

    /** A shape with several labels is an object of each. */
    private void add(LabelStudioShape shape, String place, String where, Optional<Box> box, List<ToolObject> objects) {
        String what = shape.kind() + " '" + String.join(", ", shape.labels()) + "'";
        if (box.isEmpty()) {
            records.lint().add(Problem.OTHER_SHAPE, where + ", " + place, what);
            return;
        }
        if (!shape.isRectangle()) {
            records.lint().add(Problem.AROUND_SHAPE, where + ", " + place, what);
        } else if (shape.isTurned()) {
            records.lint().add(Problem.ROTATED_BOX, where + ", " + place, what);
        }
        List<String> labels = shape.labels().isEmpty() ? List.of("") : shape.labels();
        labels.forEach(label -> objects.add(new ToolObject(place, box.get(), label)));
    }
}
