/** What backbones, necks and heads are built of: convolutions with what stands behind them, non-linearities. */
@NullMarked
package dev.parfocal.training.block;

import org.jspecify.annotations.NullMarked;
