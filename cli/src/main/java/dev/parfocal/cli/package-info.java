@NullMarked
package dev.parfocal.cli;

import org.jspecify.annotations.NullMarked;
