/** Pages that show what a command did: computed from the files it left, one HTML file that needs nothing beside it. */
@NullMarked
package dev.parfocal.cli.report;

import org.jspecify.annotations.NullMarked;
