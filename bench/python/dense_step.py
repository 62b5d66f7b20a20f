"""A training step of a detector of the default's size in PyTorch from Python: its network, varifocal and GIoU, and a task-aligned
assigner; with --bins 17 the default itself, whose sides are distributions and learn with the distribution focal loss as well.
Prints name, layout, version, parameters and milliseconds. Needs Python and PyTorch, nothing of Parfocal does.

    python dense_step.py [--layout contiguous] [--bins 17]
"""
import math

import torch
from torch import nn
from torch.nn import functional

from steps import measure, parser

BATCH, CLASSES, WIDTH, HEIGHT = 8, 3, 320, 256
STRIDES = (8, 16, 32)


def conv(inputs, outputs, size, stride=1, activation=True):
    layers = [nn.Conv2d(inputs, outputs, size, stride, size // 2, bias=False), nn.BatchNorm2d(outputs)]
    return nn.Sequential(*layers, *([nn.ReLU(True)] if activation else []))


class Stage(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.residual = nn.Sequential(conv(inputs, outputs, 3, 2), conv(outputs, outputs, 3, activation=False))
        self.shortcut = nn.Sequential(nn.AvgPool2d(2, ceil_mode=True), conv(inputs, outputs, 1, activation=False))

    def forward(self, x):
        return functional.relu(self.residual(x) + self.shortcut(x))


class Detector(nn.Module):
    def __init__(self, bins, widths=(16, 32, 64, 96, 128), neck=64):
        super().__init__()
        self.bins = bins
        self.stem = conv(3, widths[0], 3, 2)
        self.stages = nn.ModuleList(Stage(a, b) for a, b in zip(widths, widths[1:]))
        self.lateral = nn.ModuleList(conv(width, neck, 1, activation=False) for width in widths[2:])
        self.smooth = nn.ModuleList(conv(neck, neck, 3) for _ in STRIDES)
        self.class_tower, self.box_tower = conv(neck, neck, 3), conv(neck, neck, 3)
        self.classes, self.sides = nn.Conv2d(neck, CLASSES, 3, padding=1), nn.Conv2d(neck, 4 * (bins or 1), 3, padding=1)
        self.scales = nn.Parameter(torch.ones(len(STRIDES)))
        nn.init.constant_(self.classes.bias, -math.log(99))

    def forward(self, x):
        maps = []
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
            maps.append(x)
        levels = [lateral(m) for lateral, m in zip(self.lateral, maps[1:])]
        for i in (1, 0):
            levels[i] = levels[i] + functional.interpolate(levels[i + 1], size=levels[i].shape[2:], mode="nearest")
        levels = [smooth(level) for smooth, level in zip(self.smooth, levels)]
        logits = [self.classes(self.class_tower(level)) for level in levels]
        sides = [self.sides(self.box_tower(level)) for level in levels]
        pixels = lambda outputs: torch.cat([o.flatten(2).transpose(1, 2) for o in outputs], 1)
        shapes = [level.shape[2:] for level in levels]
        if self.bins is None:
            sides = [functional.softplus(s * scale) * stride for s, scale, stride in zip(sides, self.scales, STRIDES)]
            return pixels(logits), pixels(sides), None, shapes
        rows = pixels(sides).unflatten(2, (4, self.bins))
        strides = torch.cat([torch.full((h * w, 1), float(stride)) for (h, w), stride in zip(shapes, STRIDES)])
        return pixels(logits), (rows.softmax(3) @ torch.arange(float(self.bins))) * strides, (rows, strides), shapes


def points(shapes):
    """Centres of the pixels of all levels, [anchors, 2]."""
    grids = []
    for (height, width), stride in zip(shapes, STRIDES):
        y, x = torch.meshgrid(torch.arange(height), torch.arange(width), indexing="ij")
        grids.append((torch.stack([x, y], -1).reshape(-1, 2) + 0.5) * stride)
    return torch.cat(grids)


def overlap(a, b):
    """IoU and GIoU of boxes as corners."""
    size = (torch.min(a[..., 2:], b[..., 2:]) - torch.max(a[..., :2], b[..., :2])).clamp(min=0)
    hull = torch.max(a[..., 2:], b[..., 2:]) - torch.min(a[..., :2], b[..., :2])
    intersection, hull = size.prod(-1), hull.prod(-1)
    union = (a[..., 2:] - a[..., :2]).prod(-1) + (b[..., 2:] - b[..., :2]).prod(-1) - intersection
    iou = intersection / (union + 1e-7)
    return iou, iou - (hull - union) / (hull + 1e-7)


@torch.no_grad()
def assign(logits, boxes, centres, truth, labels):
    """Task-aligned: the ten best points of each object by score x IoU^6; indices of points and of their objects."""
    iou, _ = overlap(boxes[None], truth[:, None])
    inside = ((centres > truth[:, None, :2]) & (centres < truth[:, None, 2:])).all(-1)
    alignment = logits.sigmoid()[:, labels].t() * iou.pow(6) * inside
    chosen = torch.zeros_like(alignment).scatter(1, alignment.topk(10, 1).indices, 1.0) * (alignment > 0)
    index = (chosen.sum(0) > 0).nonzero().squeeze(1)
    return index, (iou * chosen).argmax(0)[index]


def distribution_focal(rows, distances):
    """rows: logits [sides, bins]; distances: from a point to the side, in bins."""
    distances = distances.clamp(0, rows.shape[1] - 1.01)
    lower = distances.floor()
    near = functional.cross_entropy(rows, lower.long(), reduction="none")
    return near * (lower + 1 - distances) + functional.cross_entropy(rows, lower.long() + 1, reduction="none") * (distances - lower)


def loss(logits, sides, distribution, centres, truths, labels):
    boxes = torch.cat([centres - sides[..., :2], centres + sides[..., 2:]], -1)
    target, box_loss, side_loss, quality = torch.zeros_like(logits), 0.0, 0.0, 0.0
    for b in range(len(truths)):
        index, owner = assign(logits[b], boxes[b], centres, truths[b], labels[b])
        iou, giou = overlap(boxes[b][index], truths[b][owner])
        iou = iou.detach()
        target[b, index, labels[b][owner]] = iou
        if distribution is not None:
            rows, strides = distribution
            box, centre = truths[b][owner], centres[index]
            distances = torch.cat([centre - box[:, :2], box[:, 2:] - centre], -1) / strides[index]
            each = distribution_focal(rows[b, index].flatten(0, 1), distances.flatten()).unflatten(0, (-1, 4)).mean(1)
            side_loss = side_loss + (each * iou).sum()
        box_loss, quality = box_loss + ((1 - giou) * iou).sum(), quality + float(iou.sum())
    weight = torch.where(target > 0, target, 0.75 * logits.sigmoid().detach().pow(2))
    varifocal = (functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight).sum()
    return (varifocal + 2 * box_loss + 0.5 * side_loss) / max(quality, 1.0)


def losses(detector, images, truth):
    logits, sides, distribution, shapes = detector(images)
    yield loss(logits, sides, distribution, points(shapes), [boxes for boxes, _ in truth], [labels for _, labels in truth])


if __name__ == "__main__":
    parser = parser()
    parser.add_argument("--bins", type=int, help="of a side's distribution; default: a side is one number")
    options = parser.parse_args()
    measure("dense", lambda: Detector(options.bins), losses, BATCH, WIDTH, HEIGHT, options)
