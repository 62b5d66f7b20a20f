package dev.parfocal.detection.format.raw;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Sample;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.ImageHeader;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the internal form from what any format's annotations say, leaving out and counting what cannot be used. */
public final class Assembler {

    /** Tools round boxes to whole pixels and count from 0 or 1, so a pixel beyond the edge is no mistake. */
    private static final double EDGE_TOLERANCE = 1;

    private final Lint lint;
    private final Map<Long, Sample> byId = new LinkedHashMap<>();
    private final Map<Path, Long> files = new HashMap<>();
    private final Map<String, Set<Long>> splits = new LinkedHashMap<>();

    public Assembler(Lint lint) {
        this.lint = lint;
    }

    /**
     * Checks an image's file and objects and takes it in, unless it cannot be used.
     *
     * @return the id under which the image is in the data set now, also when it was in before; empty if it is not in
     */
    public Optional<Long> add(RawImage raw) {
        Sample known = known(raw);
        if (known != null) {
            return repeated(raw, known);
        }
        ImageHeader header = header(raw);
        if (header == null) {
            return Optional.empty();
        }
        int width = header.shownWidth();
        int height = header.shownHeight();
        if ((raw.width() > 0 && raw.width() != width) || (raw.height() > 0 && raw.height() != height)) {
            String told = raw.width() + " × " + raw.height();
            lint.add(Problem.SIZE_MISMATCH, raw.where(), "says " + told + ", the file has " + width + " × " + height);
        }
        List<Annotation> annotations = annotations(raw, width, height);
        if (raw.items().isEmpty()) {
            lint.add(Problem.NO_OBJECTS, raw.where(), raw.file().getFileName().toString());
        }
        if (raw.items().stream().anyMatch(RawImage.Item::zeroId)) {
            lint.add(Problem.ZERO_ID, raw.where(), "");
        }
        byId.put(raw.id(), new Sample(raw.id(), raw.source(), raw.file(), width, height, annotations));
        files.put(key(raw.file()), raw.id());
        return Optional.of(raw.id());
    }

    /** Whether an image of this file was taken in. */
    public boolean uses(Path file) {
        return files.containsKey(key(file));
    }

    /** Says that there is a part of this name, though none of its images may be usable. */
    public void declare(String split) {
        splits.computeIfAbsent(split, key -> new LinkedHashSet<>());
    }

    /** Says that an image belongs to a part of the data set; ignored when the image was not taken in. */
    public void assign(String split, long id) {
        Set<Long> ids = splits.computeIfAbsent(split, key -> new LinkedHashSet<>());
        if (byId.containsKey(id)) {
            ids.add(id);
        }
    }

    /** @throws ParfocalException when nothing usable was taken in */
    public Dataset finish(String name, List<Category> categories) {
        if (byId.isEmpty()) {
            List<String> found = lint.report().lines();
            String reason = found.isEmpty() ? "it lists no images" : String.join("; ", found);
            throw new ParfocalException(name + ": the data set is empty, no image can be used: " + reason);
        }
        if (categories.isEmpty()) {
            throw new ParfocalException(name + ": the data set has no categories, so there is nothing to detect");
        }
        noteEmptyCategories(categories);
        noteUnsplit();
        Map<String, List<Long>> parts = new LinkedHashMap<>();
        splits.forEach((split, ids) -> parts.put(split, List.copyOf(ids)));
        return new Dataset(name, categories, List.copyOf(byId.values()), parts);
    }

    private void noteEmptyCategories(List<Category> categories) {
        Set<Integer> labels = new HashSet<>();
        byId.values().forEach(sample -> sample.annotations().forEach(object -> labels.add(object.label())));
        for (int label = 0; label < categories.size(); label++) {
            if (!labels.contains(label)) {
                lint.add(
                        Problem.EMPTY_CATEGORY,
                        "categories",
                        "'" + categories.get(label).name() + "'");
            }
        }
    }

    private void noteUnsplit() {
        Set<Long> split = new HashSet<>();
        splits.values().forEach(split::addAll);
        for (Sample sample : byId.values()) {
            if (!splits.isEmpty() && !split.contains(sample.id())) {
                lint.add(
                        Problem.IN_NO_SPLIT,
                        "splits " + splits.keySet(),
                        sample.file().getFileName().toString());
            }
        }
    }

    private @Nullable Sample known(RawImage raw) {
        Long id = files.get(key(raw.file()));
        return id != null ? byId.get(id) : byId.get(raw.id());
    }

    /** One image listed in two files with the same objects is no mistake: two parts may share it. */
    private Optional<Long> repeated(RawImage raw, Sample known) {
        boolean sameFile = key(known.file()).equals(key(raw.file()));
        if (!sameFile) {
            lint.add(Problem.DUPLICATE_IMAGE, raw.where(), "id " + raw.source() + " again");
            return Optional.empty();
        }
        List<Annotation> objects = annotations(raw, known.width(), known.height());
        if (!new HashSet<>(objects).equals(new HashSet<>(known.annotations()))) {
            lint.add(Problem.DUPLICATE_IMAGE, raw.where(), raw.file().getFileName() + " again, with other objects");
        }
        return Optional.of(known.id());
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private @Nullable ImageHeader header(RawImage raw) {
        if (!Files.isRegularFile(raw.file())) {
            lint.add(Problem.MISSING_IMAGE, raw.where(), raw.file().toString());
            return null;
        }
        try {
            return ImageFiles.header(raw.file());
        } catch (ParfocalException e) {
            lint.add(Problem.UNREADABLE_IMAGE, raw.where(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private List<Annotation> annotations(RawImage raw, int width, int height) {
        List<Annotation> kept = new ArrayList<>(raw.items().size());
        Set<Annotation> seen = new HashSet<>();
        for (RawImage.Item item : raw.items()) {
            Problem problem = problem(item, width, height);
            Annotation annotation = clipped(item, width, height);
            if (problem == null && !seen.add(annotation)) {
                problem = Problem.DUPLICATE_OBJECT;
            }
            if (problem != null) {
                String detail = problem == Problem.UNKNOWN_CATEGORY ? "category " + item.category() : text(item.box());
                lint.add(problem, raw.where() + ", " + item.where(), detail);
            } else {
                if (crossesEdge(item.box(), width, height)) {
                    lint.add(Problem.BOX_CROSSES_EDGE, raw.where() + ", " + item.where(), text(item.box()));
                }
                kept.add(annotation);
            }
        }
        return kept;
    }

    private static @Nullable Problem problem(RawImage.Item item, int width, int height) {
        if (!item.box().isFinite()) {
            return Problem.NON_FINITE_BOX;
        }
        if (item.box().isEmpty()) {
            return Problem.DEGENERATE_BOX;
        }
        if (item.label() < 0) {
            return Problem.UNKNOWN_CATEGORY;
        }
        return item.box().clipped(width, height).isEmpty() ? Problem.BOX_OUTSIDE : null;
    }

    private static boolean crossesEdge(Box box, int width, int height) {
        return box.x1() < -EDGE_TOLERANCE
                || box.y1() < -EDGE_TOLERANCE
                || box.x2() > width + EDGE_TOLERANCE
                || box.y2() > height + EDGE_TOLERANCE;
    }

    /** A missing area becomes the box's. */
    private static Annotation clipped(RawImage.Item item, int width, int height) {
        Box box = item.box().clipped(width, height);
        double area = Double.isNaN(item.area()) ? box.area() : item.area();
        return new Annotation(box, item.label(), item.crowd(), area, item.zeroId());
    }

    private static String text(Box box) {
        return "box " + number(box.x1()) + " " + number(box.y1()) + " " + number(box.x2()) + " " + number(box.y2());
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
