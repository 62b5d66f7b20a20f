/** Where trials run: on threads or in processes of their own; and the loop that keeps them busy. */
@NullMarked
package dev.parfocal.tune.run;

import org.jspecify.annotations.NullMarked;
