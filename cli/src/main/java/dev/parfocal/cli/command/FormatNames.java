package dev.parfocal.cli.command;

/** What the commands that read data say of its format. */
final class FormatNames {

    static final String OPTION =
            "Its format: auto, coco, voc, yolo, cvat, labelstudio or vott. Default: auto, by what the files are.";

    private FormatNames() {}
}
