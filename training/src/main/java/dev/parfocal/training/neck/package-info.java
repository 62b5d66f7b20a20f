/** Networks between backbone and heads that let feature maps of different strides see each other. */
@NullMarked
package dev.parfocal.training.neck;

import org.jspecify.annotations.NullMarked;
