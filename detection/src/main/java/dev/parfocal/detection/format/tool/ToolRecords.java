package dev.parfocal.detection.format.tool;

import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.format.raw.Assembler;
import dev.parfocal.detection.format.raw.RawImage;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects what a tool's files say; their classes are known only at the end. */
final class ToolRecords {

    private final Lint lint;
    private final List<ToolImage> images = new ArrayList<>();
    private final Set<String> classes = new LinkedHashSet<>();

    ToolRecords(Lint lint) {
        this.lint = lint;
    }

    Lint lint() {
        return lint;
    }

    /** Says that there is a class of this name, though no object may be of it. */
    void declare(String name) {
        classes.add(name);
    }

    void add(ToolImage image) {
        images.add(image);
    }

    /** Classes are those declared, in their order, or else the names met, sorted. */
    Dataset dataset(Path path) {
        List<String> names = classes.isEmpty()
                ? images.stream()
                        .flatMap(image -> image.objects().stream())
                        .map(ToolObject::category)
                        .filter(name -> !name.isEmpty())
                        .distinct()
                        .sorted()
                        .toList()
                : List.copyOf(classes);
        List<Category> categories = Labels.named(names);
        Labels labels = Labels.of(categories);
        Assembler assembler = new Assembler(lint);
        long id = 0;
        for (ToolImage image : images) {
            image.split().ifPresent(assembler::declare);
            Optional<Long> known = assembler.add(raw(image, ++id, labels));
            known.ifPresent(number -> image.split().ifPresent(split -> assembler.assign(split, number)));
        }
        noteOtherImages(assembler);
        return assembler.finish(path.toString(), categories);
    }

    private static RawImage raw(ToolImage image, long id, Labels labels) {
        List<RawImage.Item> items = image.objects().stream()
                .map(object -> new RawImage.Item(
                        object.where(), object.box(), labels.label(object.category()), object.category(), false))
                .toList();
        RecordId source = image.id().orElse(RecordId.of(id));
        return new RawImage(image.where(), id, source, image.file(), image.width(), image.height(), items);
    }

    private void noteOtherImages(Assembler assembler) {
        Set<Path> named = new LinkedHashSet<>();
        Set<Path> folders = new LinkedHashSet<>();
        for (ToolImage image : images) {
            Path file = image.file().toAbsolutePath().normalize();
            named.add(file);
            folders.add(Folders.parent(file));
        }
        for (Path folder : folders) {
            for (Path image : Folders.images(folder)) {
                if (!named.contains(image.toAbsolutePath().normalize()) && !assembler.uses(image)) {
                    lint.add(
                            Problem.NO_ANNOTATION_FILE,
                            String.valueOf(folder.getFileName()),
                            String.valueOf(image.getFileName()));
                }
            }
        }
    }
}
