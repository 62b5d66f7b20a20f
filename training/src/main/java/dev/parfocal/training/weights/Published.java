package dev.parfocal.training.weights;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Published networks, told apart by the names of their weights: the first is meant of which every sign is there. Prefixes
 * such as {@code module.} may stand before the names.
 */
public enum Published {
    NANODET_PLUS("NanoDet-Plus", null, "head\\.gfl_cls\\.0\\.weight", "aux_head\\..+"),
    NANODET("NanoDet", "nanodet", "head\\.gfl_cls\\.0\\.weight"),
    YOLOX("YOLOX", "yolox", "head\\.obj_preds\\.0\\.weight"),
    MASK_RCNN("torchvision's Mask R-CNN", null, "roi_heads\\.mask_predictor\\..+"),
    KEYPOINT_RCNN("torchvision's Keypoint R-CNN", null, "roi_heads\\.keypoint_predictor\\..+"),
    FASTER_RCNN("torchvision's Faster R-CNN", "faster_rcnn", "roi_heads\\.box_predictor\\.cls_score\\.weight"),
    FCOS("torchvision's FCOS", "fcos", "head\\.regression_head\\.bbox_ctrness\\.weight"),
    RETINANET("torchvision's RetinaNet", "retinanet", "head\\.classification_head\\.cls_logits\\.weight"),
    SSD("torchvision's SSD", null, "head\\.classification_head\\.module_list\\..+"),
    RT_DETR(
            "Hugging Face's RT-DETR",
            "rt_detr",
            "encoder_input_proj\\.0\\.0\\.weight",
            "decoder\\.layers\\.0\\.encoder_attn\\.sampling_offsets\\.weight"),
    RT_DETR_OF_ITS_AUTHORS("RT-DETR as its authors save it", null, "decoder\\.dec_score_head\\.0\\.weight"),
    DETR("DETR", null, "(class_embed|class_labels_classifier)\\.weight"),
    MMDETECTION("a detector of mmdetection", null, "bbox_head\\..+"),
    MMDETECTION_TWO_STAGE("a two-stage detector of mmdetection", null, "rpn_head\\..+"),
    DETECTRON2("a detector of detectron2", null, "(proposal_generator|head\\.cls_subnet)\\..+"),
    ULTRALYTICS("a YOLO of Ultralytics", null, "0\\.conv\\.weight", "1\\.conv\\.weight", "2\\.cv1\\.conv\\.weight"),
    RESNET("a ResNet for classification", null, "layer1\\.0\\.conv1\\.weight", "fc\\.weight");

    private final String title;
    private final @Nullable String model;
    private final List<Pattern> signs;

    Published(String title, @Nullable String model, String... signs) {
        this.title = title;
        this.model = model;
        this.signs =
                Arrays.stream(signs).map(s -> Pattern.compile("(.+\\.)?" + s)).toList();
    }

    /** Its name for people, such as {@code torchvision's FCOS}. */
    public String title() {
        return title;
    }

    /** Parfocal's model that takes its weights, if there is one. */
    public Optional<String> model() {
        return Optional.ofNullable(model);
    }

    /** Whose weights have these names, if that is known. */
    public static Optional<Published> of(Collection<String> names) {
        return Arrays.stream(values())
                .filter(p -> p.signs.stream()
                        .allMatch(sign -> names.stream()
                                .anyMatch(name -> sign.matcher(name).matches())))
                .findFirst();
    }
}
