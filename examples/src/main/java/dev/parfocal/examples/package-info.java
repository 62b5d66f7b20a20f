/**
 * One small program for each technique. Each says on the standard output what it shows, takes seconds, and ends with an
 * exception if the technique did not do what it is for. {@code examples/run NAME} runs one.
 */
@NullMarked
package dev.parfocal.examples;

import org.jspecify.annotations.NullMarked;
