package dev.parfocal.detection.metric;

/** The twelve numbers of COCO's box evaluation, in pycocotools' order. */
public enum CocoMetric {
    /** Average precision, mean over IoU 0.50 to 0.95. */
    AP("AP"),
    /** Average precision at IoU 0.50. */
    AP50("AP50"),
    /** Average precision at IoU 0.75. */
    AP75("AP75"),
    /** Average precision of objects up to 32² pixels. */
    AP_SMALL("APs"),
    /** Average precision of objects from 32² to 96² pixels. */
    AP_MEDIUM("APm"),
    /** Average precision of objects from 96² pixels. */
    AP_LARGE("APl"),
    /** Average recall with 1 detection per image and class. */
    AR1("AR1"),
    /** Average recall with 10 detections per image and class. */
    AR10("AR10"),
    /** Average recall with 100 detections per image and class. */
    AR100("AR100"),
    /** Average recall of objects up to 32² pixels. */
    AR_SMALL("ARs"),
    /** Average recall of objects from 32² to 96² pixels. */
    AR_MEDIUM("ARm"),
    /** Average recall of objects from 96² pixels. */
    AR_LARGE("ARl");

    private final String key;

    CocoMetric(String key) {
        this.key = key;
    }

    /** The name of the number in files and tables. */
    public String key() {
        return key;
    }
}
