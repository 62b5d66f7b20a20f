/** Files as they lie on the disk: folders, text, JSON and XML read with places for messages, and files written whole. */
@NullMarked
package dev.parfocal.detection.file;

import org.jspecify.annotations.NullMarked;
