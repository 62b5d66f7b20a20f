/** Executors of a loss's program: double for the oracle, plain float, and vectors; one graph, the same numbers. */
@NullMarked
package dev.parfocal.core.kernel;

import org.jspecify.annotations.NullMarked;
