package dev.parfocal.detection.format.voc;

import dev.parfocal.detection.file.Folders;
import dev.parfocal.detection.file.TextFile;
import dev.parfocal.detection.format.raw.Assembler;
import dev.parfocal.detection.format.raw.SplitName;
import dev.parfocal.detection.lint.Lint;
import dev.parfocal.detection.lint.Problem;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lists of images that make the parts of a VOC data set. */
final class VocSplits {

    /** A line of a list of one class: the image, and whether the class is in it. */
    private static final Pattern OF_A_CLASS = Pattern.compile("(.*\\S)\\s+(-1|0|1)");

    private final Assembler assembler;
    private final Lint lint;
    private final Map<String, Optional<Long>> images;

    /** Parts of images by their names without an ending; those that could not be used are known too. */
    VocSplits(Assembler assembler, Lint lint, Map<String, Optional<Long>> images) {
        this.assembler = assembler;
        this.lint = lint;
        this.images = images;
    }

    /**
     * Reads lists of images. Those of one class say nothing more than the others, but where there are no others, as in VoTT's
     * exports, {@code cat_train.txt} and {@code dog_train.txt} are the part {@code train} together.
     */
    void read(List<Path> lists) {
        Map<Path, List<String>> ofClasses = new LinkedHashMap<>();
        for (Path list : lists) {
            List<String> lines = TextFile.lines(list);
            if (isOfAClass(lines)) {
                ofClasses.put(list, lines.stream().map(VocSplits::ofClass).toList());
            } else {
                read(list, SplitName.of(Folders.stem(list)), lines);
            }
        }
        if (ofClasses.size() == lists.size()) {
            ofClasses.forEach((list, lines) -> {
                String stem = Folders.stem(list);
                String last = stem.substring(stem.lastIndexOf('_') + 1);
                if (SplitName.isStandard(last)) {
                    read(list, SplitName.of(last), lines);
                }
            });
        }
    }

    /** The image of a line of a list of one class. */
    private static String ofClass(String line) {
        Matcher matcher = OF_A_CLASS.matcher(line);
        return matcher.matches() ? matcher.group(1) : line;
    }

    private void read(Path list, String split, List<String> lines) {
        assembler.declare(split);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isEmpty()) {
                continue;
            }
            Optional<Long> image = image(line);
            if (image == null) {
                lint.add(Problem.UNKNOWN_IMAGE, list.getFileName() + ", line " + (i + 1), line);
            } else {
                image.ifPresent(id -> assembler.assign(split, id));
            }
        }
    }

    /** Names may have blanks, so only a list all of whose lines say so, and none of which names an image, is one of a class. */
    private boolean isOfAClass(List<String> lines) {
        List<String> written = lines.stream().filter(line -> !line.isEmpty()).toList();
        return !written.isEmpty()
                && written.stream().allMatch(line -> {
                    Matcher matcher = OF_A_CLASS.matcher(line);
                    return matcher.matches() && !images.containsKey(line) && image(matcher.group(1)) != null;
                });
    }

    /** Some tools list files with their ending, or with their folder. */
    private @Nullable Optional<Long> image(String line) {
        String name = line.replace('\\', '/');
        String last = name.substring(name.lastIndexOf('/') + 1);
        int dot = last.lastIndexOf('.');
        String stem = dot > 0 ? last.substring(0, dot) : last;
        Optional<Long> known = images.get(line);
        known = known == null ? images.get(last) : known;
        return known == null ? images.get(stem) : known;
    }
}
