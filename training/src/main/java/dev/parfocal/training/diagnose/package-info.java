/** What a run's record says is wrong, in plain words, and what to change. Reads files only, unless a fresh model is asked. */
@NullMarked
package dev.parfocal.training.diagnose;

import org.jspecify.annotations.NullMarked;
