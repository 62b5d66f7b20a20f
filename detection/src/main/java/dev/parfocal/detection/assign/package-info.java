/** Which point of a detector learns which object: ATSS and task-aligned assignment, on plain arrays. */
@NullMarked
package dev.parfocal.detection.assign;

import org.jspecify.annotations.NullMarked;
