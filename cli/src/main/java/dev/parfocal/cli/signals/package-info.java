/** How the signals of a detector's losses travel, as text, picture and file. */
@NullMarked
package dev.parfocal.cli.signals;

import org.jspecify.annotations.NullMarked;
