"""A training step of a detector of the default's size in PyTorch from Python: its network, varifocal and GIoU, and a task-aligned
assigner. Prints name, layout, version, parameters and milliseconds. Needs Python and PyTorch, nothing of Parfocal does.

    python dense_step.py [--layout contiguous]
"""
import math

import torch
from torch import nn
from torch.nn import functional

from steps import measure

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
    def __init__(self, widths=(16, 32, 64, 96, 128), neck=64):
        super().__init__()
        self.stem = conv(3, widths[0], 3, 2)
        self.stages = nn.ModuleList(Stage(a, b) for a, b in zip(widths, widths[1:]))
        self.lateral = nn.ModuleList(conv(width, neck, 1, activation=False) for width in widths[2:])
        self.smooth = nn.ModuleList(conv(neck, neck, 3) for _ in STRIDES)
        self.class_tower, self.box_tower = conv(neck, neck, 3), conv(neck, neck, 3)
        self.classes, self.sides = nn.Conv2d(neck, CLASSES, 3, padding=1), nn.Conv2d(neck, 4, 3, padding=1)
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
        sides = [
            functional.softplus(self.sides(self.box_tower(level)) * scale) * stride
            for level, scale, stride in zip(levels, self.scales, STRIDES)
        ]
        pixels = lambda outputs: torch.cat([o.flatten(2).transpose(1, 2) for o in outputs], 1)
        return pixels(logits), pixels(sides), [level.shape[2:] for level in levels]


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


def loss(logits, sides, centres, truths, labels):
    boxes = torch.cat([centres - sides[..., :2], centres + sides[..., 2:]], -1)
    target, box_loss, quality = torch.zeros_like(logits), 0.0, 0.0
    for b in range(len(truths)):
        index, owner = assign(logits[b], boxes[b], centres, truths[b], labels[b])
        iou, giou = overlap(boxes[b][index], truths[b][owner])
        iou = iou.detach()
        target[b, index, labels[b][owner]] = iou
        box_loss, quality = box_loss + ((1 - giou) * iou).sum(), quality + float(iou.sum())
    weight = torch.where(target > 0, target, 0.75 * logits.sigmoid().detach().pow(2))
    varifocal = (functional.binary_cross_entropy_with_logits(logits, target, reduction="none") * weight).sum()
    return (varifocal + 2 * box_loss) / max(quality, 1.0)


def losses(detector, images, truth):
    logits, sides, shapes = detector(images)
    yield loss(logits, sides, points(shapes), [boxes for boxes, _ in truth], [labels for _, labels in truth])


if __name__ == "__main__":
    measure("dense", Detector, losses, BATCH, WIDTH, HEIGHT)
