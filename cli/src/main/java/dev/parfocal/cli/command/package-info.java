/** The commands, one class each, and the options that several of them share. */
@NullMarked
package dev.parfocal.cli.command;

import org.jspecify.annotations.NullMarked;
