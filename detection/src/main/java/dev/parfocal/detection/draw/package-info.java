/** Pictures for people: boxes with labels on images, and many images on one sheet. Needs neither a display nor fonts. */
@NullMarked
package dev.parfocal.detection.draw;

import org.jspecify.annotations.NullMarked;
