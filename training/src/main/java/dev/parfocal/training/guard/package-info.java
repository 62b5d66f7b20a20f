/** What to do when training meets numbers that are not finite: locate, keep, explain. */
@NullMarked
package dev.parfocal.training.guard;

import org.jspecify.annotations.NullMarked;
