/** Numbers that are not finite: found cheaply, located, and explained down to a loss's sub-expression. */
@NullMarked
package dev.parfocal.core.guard;

import org.jspecify.annotations.NullMarked;
