package dev.parfocal.detection.data;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.ImageHeader;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the internal form from what any format's annotations say, leaving out and counting what cannot be used. */
final class Assembler {

    /** Tools round boxes to whole pixels and count from 0 or 1, so a pixel beyond the edge is no mistake. */
    private static final double EDGE_TOLERANCE = 1;

    private final Lint lint;
    private final Map<Long, Sample> byId = new LinkedHashMap<>();
    private final Set<Path> files = new HashSet<>();
    private final Map<String, Set<Long>> splits = new LinkedHashMap<>();

    Assembler(Lint lint) {
        this.lint = lint;
    }

    /** Checks an image's file and objects and takes it in, unless it cannot be used. */
    void add(RawImage raw) {
        if (isDuplicate(raw)) {
            return;
        }
        ImageHeader header = header(raw);
        if (header == null) {
            return;
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
        byId.put(raw.id(), new Sample(raw.id(), raw.file(), width, height, annotations));
        files.add(key(raw.file()));
    }

    /** Whether an image of this file was taken in. */
    boolean uses(Path file) {
        return files.contains(key(file));
    }

    /** Says that an image belongs to a part of the data set; ignored when the image was not taken in. */
    void assign(String split, long id) {
        Set<Long> ids = splits.computeIfAbsent(split, key -> new LinkedHashSet<>());
        if (byId.containsKey(id)) {
            ids.add(id);
        }
    }

    /** @throws ParfocalException when nothing usable was taken in */
    Dataset finish(String name, List<Category> categories) {
        if (byId.isEmpty()) {
            List<String> found = lint.report().lines();
            String reason = found.isEmpty() ? "it lists no images" : String.join("; ", found);
            throw new ParfocalException(name + ": the data set is empty, no image can be used: " + reason);
        }
        if (categories.isEmpty()) {
            throw new ParfocalException(name + ": the data set has no categories, so there is nothing to detect");
        }
        Map<String, List<Long>> parts = new LinkedHashMap<>();
        splits.forEach((split, ids) -> parts.put(split, List.copyOf(ids)));
        return new Dataset(name, categories, List.copyOf(byId.values()), parts);
    }

    private boolean isDuplicate(RawImage raw) {
        boolean sameId = byId.containsKey(raw.id());
        if (sameId || files.contains(key(raw.file()))) {
            String what = sameId ? "id " + raw.id() + " again" : raw.file().getFileName() + " again";
            lint.add(Problem.DUPLICATE_IMAGE, raw.where(), what);
            return true;
        }
        return false;
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

    /** A missing or senseless area becomes the box's. */
    private static Annotation clipped(RawImage.Item item, int width, int height) {
        Box box = item.box().clipped(width, height);
        double area = item.area() > 0 && Double.isFinite(item.area()) ? item.area() : box.area();
        return new Annotation(box, item.label(), item.crowd(), area);
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
