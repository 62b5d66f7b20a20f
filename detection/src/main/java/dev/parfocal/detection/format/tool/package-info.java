/** What annotation tools write in forms of their own. */
@NullMarked
package dev.parfocal.detection.format.tool;

import org.jspecify.annotations.NullMarked;
