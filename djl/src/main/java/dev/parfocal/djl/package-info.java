@NullMarked
package dev.parfocal.djl;

import org.jspecify.annotations.NullMarked;
