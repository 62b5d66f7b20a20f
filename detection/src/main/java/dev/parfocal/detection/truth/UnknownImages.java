package dev.parfocal.detection.truth;

/** What to do with detections on images that the truth does not list. */
public enum UnknownImages {
    /** End with an error that names the image, as pycocotools does. */
    REFUSE,
    /** Leave them out: the truth is a part of the images that were run. */
    LEAVE_OUT
}
