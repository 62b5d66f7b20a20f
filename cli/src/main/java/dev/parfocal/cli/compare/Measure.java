package dev.parfocal.cli.compare;

import java.util.Arrays;
import java.util.List;

/** A number by which detectors are compared. */
public enum Measure {
    AP("AP", true, "average precision, mean over IoU 0.50 to 0.95"),
    AP50("AP50", true, "average precision at IoU 0.50"),
    AP75("AP75", true, "average precision at IoU 0.75"),
    OLRP("oLRP", false, "least localisation recall precision error, mean over classes"),
    D_ECE("D-ECE", false, "distance of scores from precision, at the operating point"),
    D_ECE_TEMPERATURE("D-ECE-temperature", false, "D-ECE after temperature scaling"),
    D_ECE_ISOTONIC("D-ECE-isotonic", false, "D-ECE after isotonic regression"),
    D_ECE_ALL("D-ECE-all", false, "D-ECE of all detections, whatever their score"),
    LA_ECE("LaECE", false, "distance of scores from precision times IoU, at the operating point"),
    LA_ECE_TEMPERATURE("LaECE-temperature", false, "LaECE after temperature scaling"),
    LA_ECE_ISOTONIC("LaECE-isotonic", false, "LaECE after isotonic regression"),
    LA_ACE("LaACE0", false, "distance of every single score from its IoU, at the operating point"),
    SPEARMAN("Spearman", true, "rank correlation of score and IoU over the detections that found an object");

    private final String key;
    private final boolean higherIsBetter;
    private final String description;

    Measure(String key, boolean higherIsBetter, String description) {
        this.key = key;
        this.higherIsBetter = higherIsBetter;
        this.description = description;
    }

    /** Its name in tables and files. */
    public String key() {
        return key;
    }

    /** Which way is up. */
    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** What it is. */
    public String description() {
        return description;
    }

    /** All keys, in order. */
    public static List<String> keys() {
        return Arrays.stream(values()).map(Measure::key).toList();
    }
}
