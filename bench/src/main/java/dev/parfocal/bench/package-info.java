@NullMarked
package dev.parfocal.bench;

import org.jspecify.annotations.NullMarked;
