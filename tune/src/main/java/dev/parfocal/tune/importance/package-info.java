/** What a finished search teaches: which variables matter, and how the metric depends on them. */
@NullMarked
package dev.parfocal.tune.importance;

import org.jspecify.annotations.NullMarked;
