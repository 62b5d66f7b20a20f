/** What the examples share: a toy detector's head on PyTorch for Java, and data for it. */
@NullMarked
package dev.parfocal.examples.toy;

import org.jspecify.annotations.NullMarked;
