/** COCO's JSON files, record by record: the one place that says what each field means. */
@NullMarked
package dev.parfocal.detection.coco;

import org.jspecify.annotations.NullMarked;
