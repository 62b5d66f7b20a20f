/** A server for one page on this machine, on which a loss is designed. */
@NullMarked
package dev.parfocal.studio;

import org.jspecify.annotations.NullMarked;
