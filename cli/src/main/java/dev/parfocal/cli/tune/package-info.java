/** Searches of training runs: what a search may name, what a trial does, where it runs, what is shown of it. */
@NullMarked
package dev.parfocal.cli.tune;

import org.jspecify.annotations.NullMarked;
