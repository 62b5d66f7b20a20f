@NullMarked
package dev.parfocal.detection;

import org.jspecify.annotations.NullMarked;
