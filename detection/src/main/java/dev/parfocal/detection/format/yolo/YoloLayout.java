package dev.parfocal.detection.format.yolo;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.format.raw.SplitName;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where YOLO data sets keep their images. */
public final class YoloLayout {

    private final Path root;
    private final YoloConfig config;
    private final Lint lint;
    private final List<Part> parts = new ArrayList<>();

    private YoloLayout(Path root, YoloConfig config, Lint lint) {
        this.root = root;
        this.config = config;
        this.lint = lint;
    }

    /**
     * Images.
     *
     * @param split the part's name; empty where the data set has no parts
     */
    record Part(Optional<String> split, List<Path> images) {}

    /** What shows that a data set is YOLO's: the file that describes it, or that of the class names where there are labels. */
    public static List<Path> files(Path path) {
        if (Files.isRegularFile(path)) {
            return YoloConfig.describes(path) ? List.of(path) : List.of();
        }
        List<Path> descriptions = YoloConfig.descriptions(path);
        List<Path> names = descriptions.isEmpty() ? YoloConfig.nameFiles(path) : List.of();
        return names.isEmpty() || !YoloLabels.in(path) ? descriptions : names;
    }

    /** @throws ParfocalException if a part that is needed is named and not there, or there are no images at all */
    static List<Part> parts(Path root, YoloConfig config, Lint lint) {
        YoloLayout layout = new YoloLayout(root, config, lint);
        config.parts().forEach((split, paths) -> paths.forEach(path -> layout.declared(split, path)));
        if (config.parts().isEmpty()) {
            layout.guess();
        }
        if (layout.parts.isEmpty()) {
            throw new ParfocalException(root
                    + ": no images; a YOLO data set has images and labels folders, or train/images and train/labels");
        }
        return layout.parts;
    }

    /** Reads a folder with all below it, or a list of images, as the data set's file names it. */
    private void declared(String split, String path) {
        Path base = config.base().isEmpty()
                ? root
                : existing(root, root, config.base()).orElse(root);
        Optional<Path> found = existing(base, root, path);
        if (found.isEmpty()) {
            missing(split, path, "which is not there");
            return;
        }
        List<Path> images = Files.isDirectory(found.get())
                ? Folders.imagesBelow(found.get())
                : new YoloList(found.get(), base, root, lint).images();
        if (images.isEmpty()) {
            missing(split, path, "which has no images");
        } else {
            parts.add(new Part(Optional.of(split), images));
        }
    }

    /** Exporters name a test part whether they wrote one or not. */
    private void missing(String split, String path, String why) {
        String what = split + ": " + path + ", " + why;
        if (!split.equals("test")) {
            throw new ParfocalException(config.file() + ": names " + what + "; correct or remove that line");
        }
        lint.add(Problem.MISSING_PART, config.file().getFileName().toString(), what);
    }

    /**
     * The file or folder that a path means. Exporters write {@code ../train/images} even where {@code data.yaml} lies beside
     * {@code train}, paths from the folder above, and whole paths that were right on another machine.
     */
    static Optional<Path> existing(Path base, Path root, String written) {
        String path = written.replace('\\', '/');
        String below = path.replaceFirst("^(\\.{1,2}/)+", "");
        List<Path> candidates = new ArrayList<>();
        for (Path from : List.of(base, root)) {
            add(candidates, Folders.resolve(from, path));
            add(candidates, Folders.resolve(from, below));
        }
        for (int slash = below.indexOf('/'); slash >= 0; slash = below.indexOf('/', slash + 1)) {
            add(candidates, Folders.resolve(root, below.substring(slash + 1)));
        }
        return candidates.stream().filter(Files::exists).findFirst();
    }

    private static void add(List<Path> candidates, @Nullable Path path) {
        if (path != null) {
            candidates.add(path);
        }
    }

    /** Folders named after parts, in {@code images} or beside it; else all images there are. */
    private void guess() {
        Path images = root.resolve("images");
        Set<Path> taken = new HashSet<>();
        for (Path above : List.of(images, root)) {
            for (Path folder : Folders.folders(above)) {
                String name = folder.getFileName().toString();
                List<Path> own = SplitName.isStandard(name) ? Folders.imagesBelow(folder) : List.of();
                if (!own.isEmpty()) {
                    taken.addAll(own);
                    parts.add(new Part(Optional.of(SplitName.of(name)), own));
                }
            }
        }
        List<Path> others = Folders.imagesBelow(Files.isDirectory(images) ? images : root).stream()
                .filter(image -> !taken.contains(image))
                .toList();
        if (!others.isEmpty()) {
            parts.add(new Part(Optional.empty(), others));
        }
    }
}
