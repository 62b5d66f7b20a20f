/** Text for terminals: tables, numbers, durations, a line that shows progress. */
@NullMarked
package dev.parfocal.cli.text;

import org.jspecify.annotations.NullMarked;
