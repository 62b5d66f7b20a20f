package dev.parfocal.detection.data;

import dev.parfocal.detection.box.Box;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A COCO annotation file as it stands, its sections in any order.
 *
 * @param categories sorted by id, as pycocotools numbers them
 */
record CocoFile(List<Image> images, List<Item> items, List<Category> categories) {

    /** An entry of {@code images}; a size of 0 and no name where the file says nothing. */
    record Image(long id, @Nullable String fileName, int width, int height) {}

    /** An entry of {@code annotations}; its place in the list, and NaN where there is no box or no area. */
    record Item(int index, long imageId, long categoryId, Box box, double area, boolean crowd) {}

    /** @throws dev.parfocal.core.ParfocalException when the file is not such a file */
    static CocoFile read(Path path) {
        return JsonFile.read(path, json -> new Parser(json).file());
    }

    /** Keypoints and captions come without boxes; the linter counts them. */
    private static final double[] NO_BOX = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};

    private static final class Parser {
        private final JsonFile json;
        private final List<Image> images = new ArrayList<>();
        private final List<Item> items = new ArrayList<>();
        private final Map<Long, Category> categories = new TreeMap<>();
        private boolean hasImages;

        Parser(JsonFile json) {
            this.json = json;
        }

        CocoFile file() {
            json.object(section -> {
                switch (section) {
                    case "images" -> {
                        hasImages = true;
                        json.array(this::image);
                    }
                    case "annotations" -> json.array(this::item);
                    case "categories" -> json.array(this::category);
                    default -> json.skip();
                }
            });
            if (!hasImages) {
                throw json.error("no \"images\" list; a COCO file has images, annotations and categories");
            }
            return new CocoFile(images, items, List.copyOf(categories.values()));
        }

        private void image() {
            Fields fields = new Fields();
            @Nullable String[] name = {null};
            json.object(field -> {
                switch (field) {
                    case "id" -> fields.id = json.integer();
                    case "file_name" -> name[0] = json.text();
                    case "width" -> fields.width = size();
                    case "height" -> fields.height = size();
                    default -> json.skip();
                }
            });
            images.add(new Image(required(fields.id, "id"), name[0], fields.width, fields.height));
        }

        private void item() {
            Fields fields = new Fields();
            json.object(field -> {
                switch (field) {
                    case "image_id" -> fields.image = json.integer();
                    case "category_id" -> fields.category = json.integer();
                    case "bbox" -> fields.box = json.isNull() ? null : json.numbers(4);
                    case "area" -> fields.area = json.isNull() ? Double.NaN : json.number();
                    case "iscrowd" -> fields.crowd = json.flag();
                    default -> json.skip();
                }
            });
            double[] xywh = fields.box == null ? NO_BOX : fields.box;
            Box box = Box.ofXywh(xywh[0], xywh[1], xywh[2], xywh[3]);
            long image = required(fields.image, "image_id");
            long category = required(fields.category, "category_id");
            items.add(new Item(items.size(), image, category, box, fields.area, fields.crowd));
        }

        private void category() {
            Fields fields = new Fields();
            @Nullable String[] name = {null};
            json.object(field -> {
                switch (field) {
                    case "id" -> fields.id = json.integer();
                    case "name" -> name[0] = json.text();
                    default -> json.skip();
                }
            });
            long id = required(fields.id, "id");
            if (categories.put(id, new Category(id, required(name[0], "name"))) != null) {
                throw json.error("a second category with id " + id);
            }
        }

        private int size() {
            return json.isNull() ? 0 : (int) Math.max(0, Math.min(Integer.MAX_VALUE, json.integer()));
        }

        private <T> T required(@Nullable T value, String field) {
            if (value == null) {
                throw json.error("no \"" + field + "\" in this record");
            }
            return value;
        }
    }

    /** What was read of the current record so far. */
    private static final class Fields {
        private @Nullable Long id;
        private @Nullable Long image;
        private @Nullable Long category;
        private double @Nullable [] box;
        private double area = Double.NaN;
        private boolean crowd;
        private int width;
        private int height;
    }
}
