/** The few wrappers around PyTorch for Java: tensors, layers, weights. Only this package sees its raw API. */
@NullMarked
package dev.parfocal.training.engine;

import org.jspecify.annotations.NullMarked;
