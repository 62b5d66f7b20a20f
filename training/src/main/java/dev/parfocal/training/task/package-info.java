/** Tasks beside detection on the same features: what an image shows, how often, and how good a box is. */
@NullMarked
package dev.parfocal.training.task;

import org.jspecify.annotations.NullMarked;
