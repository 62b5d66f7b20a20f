/** Formulas as hash-consed graphs: one node per distinct sub-expression. */
@NullMarked
package dev.parfocal.core.graph;

import org.jspecify.annotations.NullMarked;
