package dev.parfocal.detection.format.tool;

import dev.parfocal.detection.box.Box;

/**
 * An object as a tool tells of it.
 *
 * @param where its place within the record of the image, for messages
 * @param box in pixels
 */
record ToolObject(String where, Box box, String category) {}
