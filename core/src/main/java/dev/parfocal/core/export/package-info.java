/** Losses as source text for other compilers: PyTorch, C and CUDA. */
@NullMarked
package dev.parfocal.core.export;

import org.jspecify.annotations.NullMarked;
