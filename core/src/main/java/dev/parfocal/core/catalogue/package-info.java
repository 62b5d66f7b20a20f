/** The losses that come with Parfocal: a folder of {@code .loss} files. */
@NullMarked
package dev.parfocal.core.catalogue;

import org.jspecify.annotations.NullMarked;
