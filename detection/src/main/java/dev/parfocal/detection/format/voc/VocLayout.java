package dev.parfocal.detection.format.voc;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.Xml;
import dev.parfocal.detection.format.raw.SplitName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where Pascal VOC data sets keep things: {@code Annotations} and {@code JPEGImages} (or {@code images}) as the challenge has it,
 * the annotations of each part in a folder of its own ({@code train}, {@code valid} …), or all in one folder, with the images
 * beside them.
 */
public final class VocLayout {

    private static final List<String> IMAGES = List.of("JPEGImages", "images", "Images", "imgs", "img");

    private VocLayout() {}

    /**
     * Annotations in one folder.
     *
     * @param split the part's name, when the folder tells it
     * @param home the folder that the layout begins at: the data set's, or the part's own
     * @param images folders to look for their images in
     */
    record Part(Optional<String> split, Path home, List<Path> annotations, List<Path> images) {}

    /** @throws ParfocalException if there are none; the message names the layouts that are known */
    static List<Part> parts(Path root) {
        List<Part> parts = new ArrayList<>(within(root, Optional.empty()));
        for (Path folder : Folders.folders(root)) {
            String name = folder.getFileName().toString();
            if (SplitName.isStandard(name)) {
                parts.addAll(within(folder, Optional.of(SplitName.of(name))));
            }
        }
        if (parts.isEmpty()) {
            List<Path> inner = Folders.folders(root).stream()
                    .filter(folder -> !within(folder, Optional.empty()).isEmpty() || holdsYears(folder))
                    .toList();
            if (inner.size() == 1) {
                return parts(inner.get(0));
            }
            String several = inner.isEmpty() ? "" : "; these folders have some, name one of them: " + inner;
            throw new ParfocalException(root
                    + ": no annotations; a VOC data set has Annotations/*.xml, JPEGImages and ImageSets/Main, or *.xml "
                    + "beside the images, also in train, valid and test" + several);
        }
        return parts;
    }

    /** Pascal VOC's annotations below a folder; none where there is none. */
    public static List<Path> files(Path root) {
        List<Path> files;
        try {
            files = parts(root).stream()
                    .flatMap(part -> part.annotations().stream())
                    .toList();
        } catch (ParfocalException none) {
            return List.of();
        }
        boolean some = files.stream().anyMatch(file -> Xml.root(file).equals(Optional.of("annotation")));
        return some ? files : List.of();
    }

    private static boolean holdsYears(Path folder) {
        return folder.endsWith("VOCdevkit")
                && Folders.folders(folder).stream()
                        .anyMatch(year -> !within(year, Optional.empty()).isEmpty());
    }

    /** The annotations of a folder without regard to parts below it. */
    private static List<Part> within(Path folder, Optional<String> split) {
        List<Part> parts = new ArrayList<>();
        List<Path> images = new ArrayList<>();
        IMAGES.forEach(name -> images.add(folder.resolve(name)));
        images.add(folder);
        for (Path inner : Folders.folders(folder)) {
            if (inner.getFileName().toString().equalsIgnoreCase("annotations")) {
                add(parts, split, folder, inner, images);
                add(parts, split, folder, inner.resolve("xmls"), images);
            }
        }
        add(parts, split, folder, folder, images);
        return parts;
    }

    private static void add(List<Part> parts, Optional<String> split, Path home, Path folder, List<Path> images) {
        List<Path> files = Folders.files(folder, "xml");
        if (!files.isEmpty()) {
            List<Path> all = new ArrayList<>(images);
            all.add(folder);
            parts.add(new Part(split, home, files, all));
        }
    }

    /** The lists of the parts, a file each; those of the challenge, or else the ones in the data set's folder. */
    static List<Path> lists(Path root) {
        for (Path folder : List.of(root.resolve("ImageSets").resolve("Main"), root.resolve("ImageSets"))) {
            List<Path> lists = Folders.files(folder, "txt");
            if (!lists.isEmpty()) {
                return lists;
            }
        }
        return Folders.files(root, "txt").stream()
                .filter(list -> SplitName.isStandard(Folders.stem(list)))
                .toList();
    }
}
