package dev.parfocal.detection.file;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The files in a folder and below it. Symbolic links are followed, but not one that leads back to a folder on the way to it:
 * what lies there is found without it.
 */
final class FolderWalk {

    private final Deque<Place> open = new ArrayDeque<>();

    private FolderWalk() {}

    /**
     * A folder on the way.
     *
     * @param path its name by the links that led to it
     * @param real where it is
     */
    private record Place(Path path, Path real, @Nullable Place above) {

        boolean isBelow(Path folder) {
            for (Place place = this; place != null; place = place.above) {
                if (place.real.equals(folder)) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * The files that match, each folder's own before those below, by name.
     *
     * @throws ParfocalException if a folder cannot be read, or is the root of a file system of this machine
     */
    static List<Path> files(Path folder, Predicate<Path> filter) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            new FolderWalk().walk(new Place(folder, real(folder), null), filter, files);
        }
        return files;
    }

    private void walk(Place start, Predicate<Path> filter, List<Path> files) {
        open.push(start);
        while (!open.isEmpty()) {
            Place place = open.pop();
            files.addAll(Folders.list(place.path, filter));
            List<Path> inner = Folders.folders(place.path);
            for (int i = inner.size() - 1; i >= 0; i--) {
                Path path = inner.get(i);
                boolean linked = Files.isSymbolicLink(path);
                Path real = linked ? real(path) : place.real.resolve(path.getFileName());
                if (!linked || !place.isBelow(real)) {
                    open.push(new Place(path, real, place));
                }
            }
        }
    }

    private static Path real(Path folder) {
        try {
            Path real = folder.toRealPath();
            if (real.toString().equals("/")) {
                throw new ParfocalException(folder + ": the root of the file system; name the folder with the images");
            }
            return real;
        } catch (IOException e) {
            throw FileErrors.unreadable(folder, e);
        }
    }
}
