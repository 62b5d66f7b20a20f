"""Golden values of torchvision's FCOS with ResNet-18, built as fcos_resnet50_fpn builds its own.

    python fcos.py FOLDER

Writes fcos.json. Needs torchvision (0.29 was used). Batch norm uses its running statistics (frozen) with epsilon 1e-5.
"""
import sys

import torch
import torchvision
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.models.detection.fcos import FCOS
from torchvision.ops import FrozenBatchNorm2d
from torchvision.ops.feature_pyramid_network import LastLevelP6P7

import formula_weights
import golden

CLASSES, HEIGHT, WIDTH = 3, 96, 128
RULES = [
    {"match": r"(bn\d|downsample\.1)\.weight$", "centre": 0.9, "spread": 0.2},
    {"match": r"(bn\d|downsample\.1)\.bias$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_mean$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_var$", "centre": 1.0, "spread": 0.3},
    {"match": r"_head\.conv\.(1|4|7|10)\.weight$", "centre": 1.0, "spread": 0.2},
    {"match": r"cls_logits\.weight$", "gain": 1.5},
    {"match": r"cls_logits\.bias$", "centre": -4.0, "spread": 0.5},
    {"match": r"bbox_reg\.weight$", "gain": 1.0},
    {"match": r"bbox_reg\.bias$", "centre": 2.2, "spread": 0.3},
    {"match": r"bbox_ctrness\.weight$", "gain": 1.0},
    {"match": r"\.bias$", "centre": 0.0, "spread": 0.05},
    {"match": r"backbone\..*\.weight$", "gain": 1.0},
    {"match": r"\.weight$", "gain": 1.4},
]
TRUTH = [
    {"boxes": [[10.3, 12.1, 52.6, 60.2], [60.2, 20.7, 118.4, 90.3], [30.1, 55.4, 55.7, 80.9]], "labels": [0, 2, 1]},
    {"boxes": [[3.2, 2.4, 125.3, 94.1], [70.6, 8.3, 104.9, 40.2]], "labels": [1, 0]},
]
GRADIENTS = [
    "backbone.body.conv1.weight", "backbone.body.layer1.0.conv1.weight", "backbone.body.layer2.0.downsample.0.weight",
    "backbone.body.layer3.1.conv2.weight", "backbone.body.layer4.1.conv2.weight",
    "backbone.fpn.inner_blocks.0.0.weight", "backbone.fpn.layer_blocks.1.0.weight", "backbone.fpn.extra_blocks.p6.weight",
    "head.classification_head.conv.0.weight", "head.classification_head.conv.4.weight", "head.classification_head.cls_logits.weight",
    "head.classification_head.cls_logits.bias", "head.regression_head.conv.9.weight", "head.regression_head.conv.1.bias",
    "head.regression_head.bbox_reg.weight", "head.regression_head.bbox_reg.bias", "head.regression_head.bbox_ctrness.weight",
]


def main(folder):
    body = torchvision.models.resnet18(weights=None, norm_layer=FrozenBatchNorm2d)
    backbone = _resnet_fpn_extractor(body, 5, [2, 3, 4], LastLevelP6P7(256, 256))
    model = FCOS(backbone, CLASSES, min_size=HEIGHT, max_size=WIDTH)
    start = golden.head(model, RULES, f"torchvision {torchvision.__version__} fcos, resnet18", 2, HEIGHT, WIDTH)
    images = formula_weights.images(2, HEIGHT, WIDTH)
    targets = [{"boxes": torch.tensor(t["boxes"]), "labels": torch.tensor(t["labels"])} for t in TRUTH]
    seen = {}
    model.head.register_forward_hook(lambda _, inputs, outputs: seen.update(levels=inputs[0], outputs=outputs))
    model.anchor_generator.register_forward_hook(lambda _, inputs, outputs: seen.update(anchors=outputs))
    compute = model.head.compute_loss

    def keep(targets, outputs, anchors, matched):
        seen["matched"] = [m.clone() for m in matched]
        return compute(targets, outputs, anchors, matched)

    model.head.compute_loss = keep

    def detect():
        model.eval()
        with torch.no_grad():
            return model(images)

    found = detect()
    print([len(d["scores"]) for d in found], [[round(float(s), 3) for s in d["scores"][:9]] for d in found], found[0]["boxes"][:6])
    print([(round(float(v.mean()), 2), round(float(v.std()), 2)) for v in seen["outputs"].values()])
    golden.stable(model, detect)
    model.train()
    losses = model(images, targets)
    sum(losses.values()).backward()
    sizes = [level.shape[2] * level.shape[3] for level in seen["levels"]]
    golden.write(folder, "fcos", start | {
        "configuration": {
            "classes": CLASSES, "score": model.score_thresh, "nms": model.nms_thresh, "topk": model.topk_candidates,
            "detections": model.detections_per_img, "radius": model.center_sampling_radius,
            "mean": model.transform.image_mean, "std": model.transform.image_std, "batch_norm_epsilon": 1e-5, "p6_from": "p5"},
        "truth": TRUTH,
        "levels": [golden.samples(level) for level in seen["levels"]],
        "anchors": {"strides_y_x": [[HEIGHT // v.shape[2], WIDTH // v.shape[3]] for v in seen["levels"]],
                    "all": golden.samples(seen["anchors"][0]),
                    "first_of_level": [golden.numbers(a[:2]) for a in seen["anchors"][0].split(sizes)]},
        "matches": {"positive_by_image_and_level": [[int((p >= 0).sum()) for p in m.split(sizes)] for m in seen["matched"]],
                    "positives": [[[int(i), int(m[i])] for i in torch.where(m >= 0)[0]] for m in seen["matched"]]},
        "outputs": {key: [golden.samples(v) for v in value.split(sizes, 1)] for key, value in seen["outputs"].items()},
        "losses": {key: float(value) for key, value in losses.items()},
        "gradients": golden.gradients(model, GRADIENTS),
        "detections": [{key: golden.numbers(value) for key, value in d.items()} for d in found],
    })
    print({key: float(value) for key, value in losses.items()})


if __name__ == "__main__":
    main(sys.argv[1])
