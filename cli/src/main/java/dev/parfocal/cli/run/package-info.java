/** Training runs as the program makes them: configuration, parts of the data, progress, and what is left to look at. */
@NullMarked
package dev.parfocal.cli.run;

import org.jspecify.annotations.NullMarked;
