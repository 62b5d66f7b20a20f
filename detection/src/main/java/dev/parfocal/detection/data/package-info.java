/** Images with their objects and what a detector finds in them: one form, whatever the files. */
@NullMarked
package dev.parfocal.detection.data;

import org.jspecify.annotations.NullMarked;
