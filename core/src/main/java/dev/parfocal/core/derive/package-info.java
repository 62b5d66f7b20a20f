/** Symbolic reverse-mode derivatives of formulas: one rule per operation, all in {@link dev.parfocal.core.derive.DerivativeTable}. */
@NullMarked
package dev.parfocal.core.derive;

import org.jspecify.annotations.NullMarked;
