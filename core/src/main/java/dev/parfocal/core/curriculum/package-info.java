/** From easy to hard: parameters of losses that follow schedules, and weights of objects by size or by loss. */
@NullMarked
package dev.parfocal.core.curriculum;

import org.jspecify.annotations.NullMarked;
