/** Networks that predict classes and boxes from the levels of a pyramid, named and initialised as the references'. */
@NullMarked
package dev.parfocal.training.head;

import org.jspecify.annotations.NullMarked;
