/** What a study searches: variables with ranges or options, some of them only under a condition. */
@NullMarked
package dev.parfocal.tune.space;

import org.jspecify.annotations.NullMarked;
