/** Which images a training sees, and how often. */
@NullMarked
package dev.parfocal.detection.sampling;

import org.jspecify.annotations.NullMarked;
