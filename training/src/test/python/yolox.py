"""Golden values of a step of YOLOX in small, whose assigner and losses are written here in plain PyTorch after Ge et al., YOLOX,
arXiv 2107.08430, and the published constants: squares of 1.5 strides, 10 candidates, IoU weighted 3.

    python yolox.py FOLDER

Writes yolox_step.json. Batch norm uses its running statistics.
"""
import sys

import torch
from torch.nn import functional

import formula_weights
import golden
from networks import Yolox

CLASSES, HEIGHT, WIDTH = 3, 96, 128
RULES = [
    {"match": r"bn\.weight$", "centre": 1.0, "spread": 0.2},
    {"match": r"bn\.bias$", "centre": 0.0, "spread": 0.2},
    {"match": r"running_mean$", "centre": 0.0, "spread": 0.1},
    {"match": r"running_var$", "centre": 1.0, "spread": 0.3},
    {"match": r"reg_preds\.\d\.bias$", "centre": 0.6, "spread": 0.4},
    {"match": r"preds\.\d\.bias$", "centre": -1.0, "spread": 0.5},
    {"match": r"\.weight$", "gain": 1.0},
]
TRUTH = [
    {"boxes": [[8.0, 10.0, 30.0, 33.0], [40.0, 14.0, 118.0, 86.0], [26.0, 25.0, 45.0, 61.0]], "labels": [0, 2, 1]},
    {"boxes": [[3.0, 2.0, 100.0, 92.0], [70.0, 8.0, 84.0, 20.0]], "labels": [1, 0]},
]
GRADIENTS = [
    "backbone.backbone.stem.conv.conv.weight", "backbone.backbone.dark3.1.m.2.conv2.conv.weight",
    "backbone.backbone.dark5.1.conv2.bn.weight", "backbone.C3_p4.conv1.conv.weight", "backbone.C3_n4.conv3.bn.bias",
    "head.stems.0.conv.weight", "head.reg_convs.1.1.conv.weight", "head.cls_preds.1.bias", "head.obj_preds.0.weight",
    "head.reg_preds.1.bias", "head.reg_preds.2.weight",
]
RADIUS, CANDIDATES, IOU_WEIGHT = 1.5, 10, 3.0


def cells(maps):
    """Top left corners in strides and strides of all cells."""
    corners, strides = [], []
    for level in maps:
        rows, columns = level.shape[2:]
        y, x = torch.meshgrid(torch.arange(rows), torch.arange(columns), indexing="ij")
        corners.append(torch.stack((x, y), 2).reshape(-1, 2).double())
        strides.append(torch.full((rows * columns,), WIDTH / columns).double())
    return torch.cat(corners), torch.cat(strides)


def iou(a, b):
    """IoU of corners [..., 4]."""
    overlap = (torch.minimum(a[..., 2:], b[..., 2:]) - torch.maximum(a[..., :2], b[..., :2])).clamp(min=0).prod(-1)
    areas = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1)
    return overlap / (areas - overlap)


def assign(scores, boxes, truth, labels, centres, strides):
    """The object of each cell, -1 for background."""
    middles = (truth[:, :2] + truth[:, 2:]) / 2
    near = ((centres[None] - middles[:, None]).abs() < RADIUS * strides[None, :, None]).all(2)
    chosen = near.any(0).nonzero()[:, 0]
    overlaps = iou(truth[:, None], boxes[None, chosen])
    onehot = functional.one_hot(labels, CLASSES).double()
    probabilities = scores[chosen].sqrt()[None].expand(len(truth), -1, -1)
    classes = functional.binary_cross_entropy(
        probabilities, onehot[:, None].expand_as(probabilities), reduction="none").sum(2)
    cost = classes - IOU_WEIGHT * torch.log(overlaps + 1e-8) + 1e6 * ~near[:, chosen]
    counts = overlaps.topk(min(CANDIDATES, len(chosen)), 1).values.sum(1).int().clamp(min=1)
    taken = torch.zeros_like(cost, dtype=torch.bool)
    for i, count in enumerate(counts):
        taken[i, cost[i].topk(int(count), largest=False).indices] = True
    for cell in (taken.sum(0) > 1).nonzero()[:, 0]:
        taken[:, cell] = False
        taken[cost[:, cell].argmin(), cell] = True
    owner = torch.full((len(boxes),), -1)
    owner[chosen[taken.any(0)]] = taken[:, taken.any(0)].int().argmax(0)
    return owner, counts


def step(model, images):
    maps = model(images)
    corners, strides = cells(maps)
    rows = torch.cat([m.flatten(2).transpose(1, 2) for m in maps], 1)
    logits, raw, objectness = rows.split((CLASSES, 4, 1), 2)
    middles = (raw[..., :2] + corners) * strides[:, None]
    halves = raw[..., 2:].exp() * strides[:, None] / 2
    boxes = torch.cat((middles - halves, middles + halves), 2)
    centres = (corners + 0.5) * strides[:, None]
    owners, counts, sums = [], [], dict.fromkeys(("classification", "objectness", "box", "coordinates"), 0.0)
    for image, each in enumerate(TRUTH):
        truth, labels = torch.tensor(each["boxes"]).double(), torch.tensor(each["labels"])
        with torch.no_grad():
            scores = logits[image].sigmoid() * objectness[image].sigmoid()
            owner, count = assign(scores, boxes[image], truth, labels, centres, strides)
        positive = owner >= 0
        own, target = owner[positive], truth[owner[positive]]
        overlap = iou(boxes[image][positive], target)
        quality = functional.one_hot(labels[own], CLASSES) * overlap.detach()[:, None]
        bce = functional.binary_cross_entropy_with_logits
        sums["classification"] += bce(logits[image][positive], quality, reduction="sum")
        sums["objectness"] += bce(objectness[image][:, 0], positive.double(), reduction="sum")
        sums["box"] += (1 - overlap ** 2).sum()
        scale = strides[positive][:, None]
        exact = torch.cat(((target[:, :2] + target[:, 2:]) / 2 / scale - corners[positive],
                           torch.log((target[:, 2:] - target[:, :2]) / scale + 1e-8)), 1)
        sums["coordinates"] += (raw[image][positive] - exact).abs().sum()
        owners.append(owner)
        counts.append(count)
    positives = sum(int((owner >= 0).sum()) for owner in owners)
    return {name: value / positives for name, value in sums.items()}, owners, counts


def main(folder):
    model = Yolox(8, 1, 16, CLASSES)
    start = golden.head(model, RULES, "yolox.py", 2, HEIGHT, WIDTH)
    model.double().eval()
    images = torch.stack(formula_weights.images(2, HEIGHT, WIDTH)).double()
    losses, owners, counts = step(model, images)
    (losses["classification"] + losses["objectness"] + 5 * losses["box"] + losses["coordinates"]).backward()
    with torch.no_grad():
        golden.stable(model, lambda: step(model, images)[1])
    print({k: float(v.detach()) for k, v in losses.items()}, [c.tolist() for c in counts])
    golden.write(folder, "yolox_step", start | {
        "truth": TRUTH,
        "owners": [{str(i): int(o) for i, o in enumerate(owner) if o >= 0} for owner in owners],
        "losses": {name: float(value.detach()) for name, value in losses.items()},
        "gradients": golden.gradients(model, GRADIENTS),
    })


if __name__ == "__main__":
    main(sys.argv[1])
