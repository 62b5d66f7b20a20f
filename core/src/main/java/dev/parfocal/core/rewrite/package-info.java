/**
 * Exact and cheap forms of formulas: constant folding, algebra, stable forms, powers by products and roots, partial
 * evaluation. Every rule stands in one table, {@link dev.parfocal.core.rewrite.RuleTable}.
 */
@NullMarked
package dev.parfocal.core.rewrite;

import org.jspecify.annotations.NullMarked;
