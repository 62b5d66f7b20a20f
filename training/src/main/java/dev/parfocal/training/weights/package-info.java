/**
 * Weights that come from elsewhere: files of named tensors, whatever their format, and what of them fits a model.
 * Reading one executes nothing that it holds.
 */
@NullMarked
package dev.parfocal.training.weights;

import org.jspecify.annotations.NullMarked;
