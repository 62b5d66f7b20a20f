@NullMarked
package dev.parfocal.training;

import org.jspecify.annotations.NullMarked;
