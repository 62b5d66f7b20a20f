/** RT-DETR: a hybrid encoder, selected queries and a decoder with deformable attention; Zhao et al., arXiv 2304.08069. */
@NullMarked
package dev.parfocal.training.detr;

import org.jspecify.annotations.NullMarked;
