package dev.parfocal.detection.format.tool;

import dev.parfocal.detection.data.RecordId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image as a tool tells of it.
 *
 * @param where file and record, for messages
 * @param id the one that the tool gives it, if any
 * @param width in pixels, 0 where the tool says nothing
 * @param split the part of the data set that it belongs to, if there are parts
 */
record ToolImage(
        String where,
        Optional<RecordId> id,
        Path file,
        int width,
        int height,
        Optional<String> split,
        List<ToolObject> objects) {}
