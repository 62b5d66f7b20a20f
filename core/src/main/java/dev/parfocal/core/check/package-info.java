/** Checks a loss, built-in or of one's own, and says where it fails. */
@NullMarked
package dev.parfocal.core.check;

import org.jspecify.annotations.NullMarked;
