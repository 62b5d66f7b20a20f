/** What differs from class to class: weights by count or by name, values of parameters. */
@NullMarked
package dev.parfocal.training.classes;

import org.jspecify.annotations.NullMarked;
