/** Files of named tensors, read tensor by tensor, and the safetensors format. */
@NullMarked
package dev.parfocal.training.weights.file;

import org.jspecify.annotations.NullMarked;
