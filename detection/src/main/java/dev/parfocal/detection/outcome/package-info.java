/** What became of every object and every detection: right, confused, invented or missed, and what each kind of error costs. */
@NullMarked
package dev.parfocal.detection.outcome;

import org.jspecify.annotations.NullMarked;
