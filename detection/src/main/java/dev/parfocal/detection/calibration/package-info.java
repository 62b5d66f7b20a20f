/** Whether scores mean what they say: calibration errors, reliability curves, rank correlation, LRP, and calibrators. */
@NullMarked
package dev.parfocal.detection.calibration;

import org.jspecify.annotations.NullMarked;
