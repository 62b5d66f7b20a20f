/** The loss language: from the text of a loss to its graph, and from a graph back to text. */
@NullMarked
package dev.parfocal.core.language;

import org.jspecify.annotations.NullMarked;
