/** Networks that turn images into feature maps, with the layer names of the references whose weights they take. */
@NullMarked
package dev.parfocal.training.backbone;

import org.jspecify.annotations.NullMarked;
