package dev.parfocal.detection.fold;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Sample;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Images that belong together, say of one patient or one video, and so must stay in one fold. */
public final class Groups {

    private Groups() {}

    /**
     * Names groups by what a pattern's first parenthesis finds in the file name, or by all that it finds if it has none.
     *
     * @return the name of a sample's group; throws a {@link ParfocalException} for a file in which the pattern finds nothing
     */
    public static Function<Sample, String> byFileName(Pattern pattern) {
        return sample -> {
            String name = String.valueOf(sample.file().getFileName());
            Matcher matcher = pattern.matcher(name);
            if (!matcher.find()) {
                throw new ParfocalException("the group pattern " + pattern + " finds nothing in the file name " + name);
            }
            String group = matcher.group(Math.min(1, matcher.groupCount()));
            return group == null ? "" : group;
        };
    }

    /**
     * Names groups by a table.
     *
     * @param groups by file name
     * @param origin what errors call the table
     * @return the name of a sample's group; throws a {@link ParfocalException} for a file that the table lacks
     */
    public static Function<Sample, String> byTable(Map<String, String> groups, String origin) {
        return sample -> {
            String name = String.valueOf(sample.file().getFileName());
            String group = groups.get(name);
            if (group == null) {
                throw new ParfocalException(origin + " names no group of the image " + name);
            }
            return group;
        };
    }

    /** Every image by itself. */
    public static Function<Sample, String> none() {
        return sample -> "image " + sample.id();
    }

    /** The samples by group, and groups that share a picture made one. */
    static List<List<Sample>> of(
            List<Sample> samples, Function<Sample, String> group, Collection<SamePicture> together) {
        Map<String, List<Sample>> groups = new LinkedHashMap<>();
        Map<Long, String> nameOf = new HashMap<>();
        for (Sample sample : samples) {
            String name = group.apply(sample);
            groups.computeIfAbsent(name, key -> new ArrayList<>()).add(sample);
            nameOf.put(sample.id(), name);
        }
        for (SamePicture same : together) {
            String first = nameOf.getOrDefault(same.samples().get(0).id(), "");
            for (Sample other : same.samples()) {
                String second = nameOf.getOrDefault(other.id(), "");
                List<Sample> moved = second.equals(first) ? null : groups.remove(second);
                if (moved != null) {
                    groups.computeIfAbsent(first, key -> new ArrayList<>()).addAll(moved);
                    moved.forEach(sample -> nameOf.put(sample.id(), first));
                }
            }
        }
        return List.copyOf(groups.values());
    }
}
