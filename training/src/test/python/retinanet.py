"""Golden values of torchvision's RetinaNet with ResNet-18: its first version, its second, and detectron2's divisor.

    python retinanet.py FOLDER

Writes retinanet.json and retinanet_v2.json. Needs torchvision (0.29 was used). The models are built as
retinanet_resnet50_fpn and retinanet_resnet50_fpn_v2 build theirs, with resnet18 in place of resnet50. Batch norm uses its
running statistics (frozen) with epsilon 1e-5. (torchvision sets that to 0 when it loads its own COCO weights of the first version.)
"""
import sys
from functools import partial

import torch
import torchvision
from torch import nn
from torch.nn import functional
from torchvision.models.detection.backbone_utils import _resnet_fpn_extractor
from torchvision.models.detection.retinanet import RetinaNet, RetinaNetHead, _default_anchorgen
from torchvision.ops import FrozenBatchNorm2d, sigmoid_focal_loss
from torchvision.ops.feature_pyramid_network import LastLevelP6P7

import formula_weights
import golden

CLASSES, HEIGHT, WIDTH = 3, 96, 128
RULES = [
    {"match": r"(bn\d|downsample\.1)\.weight$", "centre": 0.9, "spread": 0.2},
    {"match": r"(bn\d|downsample\.1)\.bias$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_mean$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_var$", "centre": 1.0, "spread": 0.3},
    {"match": r"_head\.conv\.\d\.1\.weight$", "centre": 1.0, "spread": 0.2},
    {"match": r"cls_logits\.weight$", "gain": 1.0},
    {"match": r"cls_logits\.bias$", "centre": -6.0, "spread": 0.5},
    {"match": r"bbox_reg\.weight$", "gain": 0.4},
    {"match": r"\.bias$", "centre": 0.0, "spread": 0.05},
    {"match": r"backbone\..*\.weight$", "gain": 1.0},
    {"match": r"\.weight$", "gain": 1.4},
]
RULES_OF = {1: RULES, 2: [{"match": r"cls_logits\.weight$", "gain": 1.7}] + RULES}
TRUTH = [
    {"boxes": [[10.0, 12.0, 52.0, 60.0], [60.0, 20.0, 118.0, 90.0], [30.0, 55.0, 55.0, 80.0]], "labels": [0, 2, 1]},
    {"boxes": [[3.0, 2.0, 125.0, 94.0], [70.0, 8.0, 104.0, 40.0]], "labels": [1, 0]},
]
GRADIENTS = [
    "backbone.body.conv1.weight", "backbone.body.layer1.0.conv1.weight", "backbone.body.layer2.0.downsample.0.weight",
    "backbone.body.layer3.1.conv2.weight", "backbone.body.layer4.1.conv2.weight",
    "backbone.fpn.inner_blocks.0.0.weight", "backbone.fpn.layer_blocks.2.0.bias", "backbone.fpn.extra_blocks.p6.weight",
    "backbone.fpn.extra_blocks.p7.bias", "head.classification_head.conv.0.0.weight", "head.classification_head.cls_logits.weight",
    "head.classification_head.cls_logits.bias", "head.regression_head.conv.3.0.weight", "head.regression_head.bbox_reg.weight",
    "head.regression_head.bbox_reg.bias",
]


def build(version):
    size = {"min_size": HEIGHT, "max_size": WIDTH}
    if version == 1:
        body = torchvision.models.resnet18(weights=None, norm_layer=FrozenBatchNorm2d)
        return RetinaNet(_resnet_fpn_extractor(body, 5, [2, 3, 4], LastLevelP6P7(256, 256)), CLASSES, **size)
    body = torchvision.models.resnet18(weights=None)
    backbone = _resnet_fpn_extractor(body, 5, [2, 3, 4], LastLevelP6P7(512, 256))
    anchors = _default_anchorgen()
    head = RetinaNetHead(256, anchors.num_anchors_per_location()[0], CLASSES, norm_layer=partial(nn.GroupNorm, 32))
    head.regression_head._loss_type = "giou"
    return RetinaNet(backbone, CLASSES, anchor_generator=anchors, head=head, **size)


def detectron2(outputs, anchors, matched, targets, coder):
    """Losses of detectron2's RetinaNet in its first two steps: sums over the batch by a moving average of positives from 100."""
    count = max(1, sum(int((m >= 0).sum()) for m in matched))
    focal = l1 = 0.0
    for logits, deltas, prior, match, target in zip(outputs["cls_logits"], outputs["bbox_regression"], anchors, matched, targets):
        positive, valid = match >= 0, match != -2
        wanted = torch.zeros_like(logits)
        wanted[positive, target["labels"][match[positive]]] = 1.0
        focal = focal + sigmoid_focal_loss(logits[valid], wanted[valid], reduction="sum")
        encoded = coder.encode_single(target["boxes"][match[positive]], prior[positive])
        l1 = l1 + functional.smooth_l1_loss(deltas[positive], encoded, beta=0.1, reduction="sum")
    steps, average = [], 100.0
    for _ in range(2):
        average = 0.9 * average + 0.1 * count
        steps.append({"divisor": average, "loss_cls": float(focal) / average, "loss_box_reg": float(l1) / average})
    return {"about": "smooth L1 with beta 0.1, focal 0.25/2; both steps on the same outputs", "positives": count, "steps": steps}


def main(folder):
    for version, name in ((1, "retinanet"), (2, "retinanet_v2")):
        model = build(version)
        start = golden.head(model, RULES_OF[version], f"torchvision {torchvision.__version__} retinanet version {version}, resnet18", 2, HEIGHT, WIDTH)
        images = formula_weights.images(2, HEIGHT, WIDTH)
        targets = [{"boxes": torch.tensor(t["boxes"]), "labels": torch.tensor(t["labels"])} for t in TRUTH]
        seen = {}

        def keep(_, inputs, outputs):
            seen["levels"], seen["outputs"] = inputs[0], outputs

        model.head.register_forward_hook(keep)
        model.anchor_generator.register_forward_hook(lambda _, inputs, outputs: seen.update(anchors=outputs))
        matched, matcher = [], model.proposal_matcher

        def match(quality):
            matched.append(matcher(quality))
            return matched[-1]

        model.proposal_matcher = match

        def detect():
            model.eval()
            with torch.no_grad():
                return model(images)

        found = detect()
        print([len(d["scores"]) for d in found], [[round(float(s), 4) for s in d["scores"][:12]] for d in found], found[0]["boxes"][:6])
        golden.stable(model, detect)
        model.train()
        golden.freeze_batch_norm(model)
        losses = model(images, targets)
        sum(losses.values()).backward()
        sizes = [9 * level.shape[2] * level.shape[3] for level in seen["levels"]]
        golden.write(folder, name, start | {
            "configuration": {
                "classes": CLASSES, "score": model.score_thresh, "nms": model.nms_thresh, "topk": model.topk_candidates,
                "detections": model.detections_per_img, "mean": model.transform.image_mean, "std": model.transform.image_std,
                "batch_norm_epsilon": 1e-5, "group_norm": version == 2, "p6_from": "p5" if version == 1 else "c5",
                "box_loss": model.head.regression_head._loss_type},
            "truth": TRUTH,
            "levels": [golden.samples(level) for level in seen["levels"]],
            "anchors": {"strides_y_x": [[HEIGHT // v.shape[2], WIDTH // v.shape[3]] for v in seen["levels"]],
                        "all": golden.samples(seen["anchors"][0]),
                        "first_of_level": [golden.numbers(a[:9]) for a in seen["anchors"][0].split(sizes)]},
            "matches": {"positive_by_image_and_level": [[int((p >= 0).sum()) for p in m.split(sizes)] for m in matched],
                        "ignored_by_image_and_level": [[int((p == -2).sum()) for p in m.split(sizes)] for m in matched],
                        "positives": [[[int(i), int(m[i])] for i in torch.where(m >= 0)[0]] for m in matched]},
            "outputs": {key: [golden.samples(v) for v in value.split(sizes, 1)] for key, value in seen["outputs"].items()},
            "losses": {key: float(value) for key, value in losses.items()},
            "detectron2": detectron2(seen["outputs"], seen["anchors"], matched, targets, model.box_coder),
            "gradients": golden.gradients(model, GRADIENTS),
            "detections": [{key: golden.numbers(value) for key, value in d.items()} for d in found],
        })
        print({key: float(value) for key, value in losses.items()})


if __name__ == "__main__":
    main(sys.argv[1])
