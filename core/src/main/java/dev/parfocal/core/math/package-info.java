/** The numbers behind Parfocal's own elementary functions. */
@NullMarked
package dev.parfocal.core.math;

import org.jspecify.annotations.NullMarked;
