/** Losses compared under equal conditions: cells of loss and seed, their scores, what differs, and what is left to read. */
@NullMarked
package dev.parfocal.cli.compare;

import org.jspecify.annotations.NullMarked;
