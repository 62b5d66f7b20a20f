/** What the page asks for: plain functions of its requests. */
@NullMarked
package dev.parfocal.studio.answer;

import org.jspecify.annotations.NullMarked;
