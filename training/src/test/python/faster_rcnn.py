"""Golden values of torchvision's Faster R-CNN with ResNet-18, built as fasterrcnn_resnet50_fpn builds its own.

    python faster_rcnn.py FOLDER

Writes faster_rcnn.json. Needs torchvision (0.29 was used). Batch norm uses its running statistics (frozen) with epsilon
1e-5. (torchvision sets that to 0 when it loads its own COCO weights.) The samplers take every anchor and proposal. Fewer
proposals are kept and the box head is narrower than by default, so that the values are quick to compute.
"""
import sys

import torch
import torchvision
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.models.detection.faster_rcnn import FasterRCNN, FastRCNNPredictor, TwoMLPHead
from torchvision.ops import FrozenBatchNorm2d

import formula_weights
import golden

CLASSES, HEIGHT, WIDTH, HIDDEN = 4, 224, 256, 128
PROPOSALS = {"pre_nms_top_n_train": 200, "pre_nms_top_n_test": 120, "post_nms_top_n_train": 40, "post_nms_top_n_test": 30}
RULES = [
    {"match": r"layer_blocks\.0\.0\.weight$", "gain": 0.25},
    {"match": r"layer_blocks\.1\.0\.weight$", "gain": 0.8},
    {"match": r"layer_blocks\.2\.0\.weight$", "gain": 1.8},
    {"match": r"layer_blocks\.3\.0\.weight$", "gain": 6.0},
    {"match": r"(bn\d|downsample\.1)\.weight$", "centre": 0.9, "spread": 0.2},
    {"match": r"(bn\d|downsample\.1)\.bias$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_mean$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_var$", "centre": 1.0, "spread": 0.3},
    {"match": r"rpn\.head\.cls_logits\.weight$", "gain": 0.4},
    {"match": r"rpn\.head\.cls_logits\.bias$", "centre": -1.0, "spread": 0.4},
    {"match": r"rpn\.head\.bbox_pred\.weight$", "gain": 0.4},
    {"match": r"cls_score\.weight$", "gain": 0.7},
    {"match": r"cls_score\.bias$", "centre": -0.5, "spread": 0.3},
    {"match": r"box_predictor\.bbox_pred\.weight$", "gain": 0.4},
    {"match": r"\.bias$", "centre": 0.0, "spread": 0.05},
    {"match": r"backbone\..*\.weight$", "gain": 1.0},
    {"match": r"\.weight$", "gain": 1.4},
]
TRUTH = [
    {"boxes": [[20.3, 24.1, 104.6, 120.2], [120.2, 40.7, 236.4, 180.3], [60.1, 110.4, 115.7, 160.9]], "labels": [1, 3, 2]},
    {"boxes": [[3.2, 2.4, 253.3, 221.1], [140.6, 16.3, 208.9, 80.2]], "labels": [2, 1]},
]
GRADIENTS = [
    "backbone.body.conv1.weight", "backbone.body.layer1.0.conv1.weight", "backbone.body.layer2.0.downsample.0.weight",
    "backbone.body.layer3.1.conv2.weight", "backbone.body.layer4.1.conv2.weight",
    "backbone.fpn.inner_blocks.0.0.weight", "backbone.fpn.layer_blocks.0.0.weight", "backbone.fpn.layer_blocks.3.0.weight",
    "rpn.head.conv.0.0.weight", "rpn.head.cls_logits.weight", "rpn.head.bbox_pred.weight", "rpn.head.bbox_pred.bias",
    "roi_heads.box_head.fc6.weight", "roi_heads.box_head.fc7.bias", "roi_heads.box_predictor.cls_score.weight",
    "roi_heads.box_predictor.cls_score.bias", "roi_heads.box_predictor.bbox_pred.weight", "roi_heads.box_predictor.bbox_pred.bias",
]


def main(folder):
    body = torchvision.models.resnet18(weights=None, norm_layer=FrozenBatchNorm2d)
    everything = {"rpn_batch_size_per_image": 1000000, "rpn_positive_fraction": 1.0,
                  "box_batch_size_per_image": 1000000, "box_positive_fraction": 1.0}
    model = FasterRCNN(
        _resnet_fpn_extractor(body, 5), box_head=TwoMLPHead(256 * 49, HIDDEN), box_predictor=FastRCNNPredictor(HIDDEN, CLASSES),
        min_size=HEIGHT, max_size=WIDTH, **{"rpn_" + key: value for key, value in PROPOSALS.items()}, **everything)
    start = golden.head(model, RULES, f"torchvision {torchvision.__version__} faster_rcnn, resnet18", 2, HEIGHT, WIDTH)
    images = formula_weights.images(2, HEIGHT, WIDTH)
    targets = [{"boxes": torch.tensor(t["boxes"]), "labels": torch.tensor(t["labels"])} for t in TRUTH]
    seen = {}
    model.backbone.register_forward_hook(lambda _, inputs, outputs: seen.update(levels=outputs))
    model.rpn.anchor_generator.register_forward_hook(lambda _, inputs, outputs: seen.update(anchors=outputs))
    model.rpn.head.register_forward_hook(lambda _, inputs, outputs: seen.update(rpn=outputs))
    model.rpn.register_forward_hook(lambda _, inputs, outputs: seen.update(proposals=outputs[0]))
    model.roi_heads.box_roi_pool.register_forward_hook(lambda _, inputs, outputs: seen.update(rois=inputs[1], pooled=outputs))
    model.roi_heads.box_head.register_forward_hook(lambda _, inputs, outputs: seen.update(hidden=outputs))
    model.roi_heads.box_predictor.register_forward_hook(lambda _, inputs, outputs: seen.update(logits=outputs[0], deltas=outputs[1]))
    assign_anchors, assign_proposals = model.rpn.assign_targets_to_anchors, model.roi_heads.assign_targets_to_proposals

    def keep_anchors(*arguments):
        seen["anchor_labels"], boxes = assign_anchors(*arguments)
        return [v.clone() for v in seen["anchor_labels"]], boxes

    def keep_proposals(*arguments):
        matched, labels = assign_proposals(*arguments)
        seen["roi_matched"], seen["roi_labels"] = [v.clone() for v in matched], [v.clone() for v in labels]
        return matched, labels

    model.rpn.assign_targets_to_anchors, model.roi_heads.assign_targets_to_proposals = keep_anchors, keep_proposals

    def detect():
        model.eval()
        with torch.no_grad():
            return model(images)

    def decide():
        found = detect()
        in_use = seen["proposals"]
        model.train()
        with torch.no_grad():
            model(images, targets)
        return [found, in_use, seen["proposals"], seen["roi_labels"], seen["roi_matched"]]

    found = detect()
    in_use = seen["proposals"]
    print([len(d["scores"]) for d in found], [[round(float(s), 3) for s in d["scores"][:9]] for d in found], found[0]["boxes"][:6])
    print([(round(float(v.mean()), 2), round(float(v.std()), 2)) for v in (*seen["rpn"][0], *seen["rpn"][1], seen["pooled"], seen["hidden"], seen["logits"], seen["deltas"])])
    golden.stable(model, decide, amounts=(1e-6,))
    model.train()
    losses = model(images, targets)
    sum(losses.values()).backward()
    levels = list(seen["levels"].values())
    sizes = [3 * level.shape[2] * level.shape[3] for level in levels]
    mapped = [model.roi_heads.box_roi_pool.map_levels([r]).tolist() for r in seen["rois"]]
    print("levels of RoIs", [[m.count(k) for k in range(4)] for m in mapped], "labels", [v.bincount().tolist() for v in seen["roi_labels"]])
    golden.write(folder, "faster_rcnn", start | {
        "configuration": {
            "classes_with_background": CLASSES, "mean": model.transform.image_mean, "std": model.transform.image_std,
            "batch_norm_epsilon": 1e-5, "hidden": HIDDEN, "rpn": PROPOSALS | {"nms": 0.7}, "sampled": "all",
            "score": 0.05, "nms": 0.5, "detections": 100},
        "truth": TRUTH,
        "levels": [golden.samples(level) for level in levels],
        "anchors": {"strides_y_x": [[HEIGHT // v.shape[2], WIDTH // v.shape[3]] for v in levels],
                    "all": golden.samples(seen["anchors"][0]),
                    "first_of_level": [golden.numbers(a[:3]) for a in seen["anchors"][0].split(sizes)]},
        "rpn": {"objectness": [golden.samples(v) for v in seen["rpn"][0]], "deltas": [golden.samples(v) for v in seen["rpn"][1]],
                "positive_by_image_and_level": [[int((p == 1).sum()) for p in m.split(sizes)] for m in seen["anchor_labels"]],
                "ignored_by_image_and_level": [[int((p == -1).sum()) for p in m.split(sizes)] for m in seen["anchor_labels"]],
                "positives": [torch.where(m == 1)[0].tolist() for m in seen["anchor_labels"]],
                "proposals_in_training": [golden.numbers(v) for v in seen["proposals"]],
                "proposals_in_use": [golden.numbers(v) for v in in_use]},
        "roi": {"level_of_roi": mapped, "labels": [v.tolist() for v in seen["roi_labels"]],
                "matched": [v.tolist() for v in seen["roi_matched"]], "pooled": golden.samples(seen["pooled"]),
                "hidden": golden.samples(seen["hidden"]), "logits": golden.samples(seen["logits"]), "deltas": golden.samples(seen["deltas"])},
        "losses": {key: float(value) for key, value in losses.items()},
        "gradients": golden.gradients(model, GRADIENTS),
        "detections": [{key: golden.numbers(value) for key, value in d.items()} for d in found],
    })
    print({key: float(value) for key, value in losses.items()})


if __name__ == "__main__":
    main(sys.argv[1])
