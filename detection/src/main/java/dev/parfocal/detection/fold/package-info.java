/** Images divided for cross-validation, and the same picture found twice. */
@NullMarked
package dev.parfocal.detection.fold;

import org.jspecify.annotations.NullMarked;
