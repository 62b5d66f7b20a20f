package dev.parfocal.detection.coco;

import dev.parfocal.detection.data.RecordId;
import org.jspecify.annotations.Nullable;

/**
 * An entry of {@code categories}.
 *
 * @param name its id in words where the file gives no name
 * @param frequency of LVIS: {@code r}, {@code c} or {@code f}, rare, common or frequent; null where the file says nothing
 */
public record CategoryRecord(
        RecordId id, String name, @Nullable String frequency) {}
