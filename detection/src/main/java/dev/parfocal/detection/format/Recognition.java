package dev.parfocal.detection.format;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.format.coco.CocoLayout;
import dev.parfocal.detection.format.raw.JsonKind;
import dev.parfocal.detection.format.tool.CvatReader;
import dev.parfocal.detection.format.tool.LabelStudioReader;
import dev.parfocal.detection.format.tool.VottReader;
import dev.parfocal.detection.format.voc.VocLayout;
import dev.parfocal.detection.format.yolo.YoloLabels;
import dev.parfocal.detection.format.yolo.YoloLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds out which format a data set is in, by what its files are and not by what they are called. */
final class Recognition {

    private static final Set<String> ARCHIVES = Set.of("zip", "gz", "tgz", "tar", "rar", "7z", "bz2", "xz");

    private final List<Fit> fits = new ArrayList<>();
    private final Path path;

    private Recognition(Path path) {
        this.path = path;
    }

    /**
     * What was recognised.
     *
     * @param path the data set itself, which may lie in the folder that was named
     */
    record Found(Path path, Fit fit) {}

    /**
     * Looks at a folder or file, and into a folder in which there is one data set and nothing else that is one.
     *
     * @throws ParfocalException if no format fits, or several do; the message names them
     */
    static Found of(Path path) {
        List<Fit> fits = fits(path);
        if (!fits.isEmpty()) {
            return new Found(path, only(path, fits));
        }
        List<Found> inner = Folders.folders(path).stream()
                .flatMap(folder -> fits(folder).stream().map(fit -> new Found(folder, fit)))
                .toList();
        if (inner.stream().map(Found::path).distinct().count() == 1) {
            Path folder = inner.get(0).path();
            return new Found(folder, only(folder, inner.stream().map(Found::fit).toList()));
        }
        if (!inner.isEmpty()) {
            throw new ParfocalException(path + ": several data sets; name one of them: "
                    + inner.stream()
                            .map(found -> found.path() + " (" + found.fit().format() + ")")
                            .collect(Collectors.joining(", ")));
        }
        return new Found(path, likely(path));
    }

    private static Fit only(Path path, List<Fit> fits) {
        if (fits.size() > 1) {
            throw new ParfocalException(path + ": fits "
                    + fits.stream()
                            .map(fit -> fit.format() + " (" + fit.by() + ")")
                            .collect(Collectors.joining(" and "))
                    + "; choose with --format "
                    + fits.stream().map(fit -> fit.format().toString()).collect(Collectors.joining(" or --format ")));
        }
        return fits.get(0);
    }

    private static List<Fit> fits(Path path) {
        Recognition recognition = new Recognition(path);
        recognition.add(Format.COCO, CocoLayout::files);
        recognition.add(Format.VOC, VocLayout::files);
        recognition.add(Format.CVAT, CvatReader::files);
        recognition.add(Format.LABELSTUDIO, LabelStudioReader::files);
        recognition.add(Format.VOTT, VottReader::files);
        recognition.add(Format.YOLO, YoloLayout::files);
        return recognition.fits;
    }

    private void add(Format format, Function<Path, List<Path>> files) {
        List<Path> found = files.apply(path);
        if (!found.isEmpty()) {
            Path first = found.get(0);
            Path shown = Files.isDirectory(path) ? path.relativize(first) : path.getFileName();
            fits.add(new Fit(format, shown + (found.size() == 1 ? "" : " and " + (found.size() - 1) + " more")));
        }
    }

    /** What is broken or lacks a part is told of by the reader that would read it if it were whole. */
    private static Fit likely(Path path) {
        boolean isFile = Files.isRegularFile(path);
        List<Path> json = isFile ? List.of(path) : CocoLayout.candidates(path);
        Optional<Path> broken = json.stream()
                .filter(file -> Folders.ending(file).equals("json") && JsonKind.of(file) == JsonKind.BROKEN)
                .findFirst();
        if (broken.isPresent()) {
            return new Fit(Format.COCO, String.valueOf(broken.get().getFileName()));
        }
        Optional<Path> xml = Folders.folders(path).stream()
                .filter(folder -> folder.getFileName().toString().equalsIgnoreCase("annotations"))
                .flatMap(folder -> Folders.files(folder, "xml").stream())
                .findFirst();
        if (xml.isPresent()) {
            return new Fit(Format.VOC, path.relativize(xml.get()).toString());
        }
        if (!isFile && YoloLabels.in(path)) {
            return new Fit(Format.YOLO, "labels/*.txt");
        }
        if (isFile && ARCHIVES.contains(Folders.ending(path))) {
            throw new ParfocalException(path + ": an archive; unpack it, and name the folder");
        }
        throw new ParfocalException(
                path + ": no data set is recognised here; expected one of: COCO annotations (*.json),"
                        + " Pascal VOC (Annotations/*.xml, or *.xml beside the images), YOLO (data.yaml or classes.txt, with"
                        + " images and labels), CVAT for images (annotations.xml), an export of Label Studio or VoTT (*.json,"
                        + " *.csv)");
    }
}
