/** Timing, inputs, our own kernels, and the tables of `docs/benchmarks.md`; no engine. */
@NullMarked
package dev.parfocal.bench;

import org.jspecify.annotations.NullMarked;
