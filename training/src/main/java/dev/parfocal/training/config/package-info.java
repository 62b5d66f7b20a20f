/** The configuration of a run: one tree of values, changed by key and read once into typed records. */
@NullMarked
package dev.parfocal.training.config;

import org.jspecify.annotations.NullMarked;
