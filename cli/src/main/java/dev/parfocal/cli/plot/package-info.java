/** What is worth seeing of a loss, as figures. */
@NullMarked
package dev.parfocal.cli.plot;

import org.jspecify.annotations.NullMarked;
