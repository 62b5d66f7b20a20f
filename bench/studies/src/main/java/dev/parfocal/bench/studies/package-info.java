/** Trainings with and without a technique, as a page. */
@NullMarked
package dev.parfocal.bench.studies;

import org.jspecify.annotations.NullMarked;
