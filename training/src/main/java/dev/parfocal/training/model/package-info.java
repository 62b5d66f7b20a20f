/** The detector: backbone, neck and head, each a small block that reads like its figure. */
@NullMarked
package dev.parfocal.training.model;

import org.jspecify.annotations.NullMarked;
