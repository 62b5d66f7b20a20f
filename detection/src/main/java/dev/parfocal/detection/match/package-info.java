/** Assigners that match priors and objects at the least cost, and what a match costs. */
@NullMarked
package dev.parfocal.detection.match;

import org.jspecify.annotations.NullMarked;
