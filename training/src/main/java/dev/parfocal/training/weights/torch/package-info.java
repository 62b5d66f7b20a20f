/** State dicts in PyTorch's zip format: the zip's directory, the part of pickle that state dicts use, and their tensors. */
@NullMarked
package dev.parfocal.training.weights.torch;

import org.jspecify.annotations.NullMarked;
