/** What {@code parfocal evaluate} can be asked for, and how it answers. */
@NullMarked
package dev.parfocal.cli.evaluate;

import org.jspecify.annotations.NullMarked;
