/** The small anchor-free detector: backbone, feature pyramid, decoupled head. */
@NullMarked
package dev.parfocal.training.dense;

import org.jspecify.annotations.NullMarked;
