package dev.parfocal.detection.format.tool;

import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.format.raw.SplitName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A file that a tool wrote.
 *
 * @param split the part of the data set that its name, or its folder's, tells of
 */
record ToolFile(Path file, Optional<String> split) {

    /** The file that is named, or those of a folder and of the folders in it. */
    static List<ToolFile> in(Path path, String ending, Predicate<Path> wanted) {
        if (Files.isRegularFile(path)) {
            return wanted.test(path) ? List.of(new ToolFile(path, Optional.empty())) : List.of();
        }
        List<ToolFile> files = new ArrayList<>();
        Folders.files(path, ending).forEach(file -> files.add(new ToolFile(file, ofName(file))));
        for (Path folder : Folders.folders(path)) {
            String name = folder.getFileName().toString();
            Optional<String> split = SplitName.isStandard(name) ? Optional.of(SplitName.of(name)) : Optional.empty();
            Folders.files(folder, ending).forEach(file -> files.add(new ToolFile(file, split.or(() -> ofName(file)))));
        }
        return files.stream().filter(each -> wanted.test(each.file)).toList();
    }

    private static Optional<String> ofName(Path file) {
        return SplitName.within(Folders.stem(file));
    }

    /** The folders that names of images may be relative to, most likely first. */
    List<Path> roots() {
        List<Path> roots = new ArrayList<>();
        Path here = Folders.parent(file);
        roots.add(here);
        roots.add(here.resolve("images"));
        roots.add(here.resolve("data"));
        if (here.getParent() != null) {
            roots.add(here.getParent());
            roots.add(here.getParent().resolve("images"));
        }
        return roots;
    }

    /** Its name, for messages. */
    String name() {
        return String.valueOf(file.getFileName());
    }
}
