@NullMarked
package dev.parfocal.core;

import org.jspecify.annotations.NullMarked;
