/** Search, comparison and statistics of trials; it knows no engine. */
@NullMarked
package dev.parfocal.tune;

import org.jspecify.annotations.NullMarked;
