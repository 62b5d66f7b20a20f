/** What looks wrong with annotations: by the data alone, and in the light of a detector. */
@NullMarked
package dev.parfocal.detection.audit;

import org.jspecify.annotations.NullMarked;
