/** Where priors come from: anchors over feature maps, and proposals that a region proposal network scores. */
@NullMarked
package dev.parfocal.detection.prior;

import org.jspecify.annotations.NullMarked;
