/** Which prior of a detector learns which object, on plain arrays: the contract, and assigners that go by place and overlap. */
@NullMarked
package dev.parfocal.detection.assign;

import org.jspecify.annotations.NullMarked;
