"""Records SimOTA's matches of random predictions, computed with numpy on whole matrices after the text of arXiv 2107.08430 and
the defaults that its two implementations publish: squares of 1.5 strides alone, and squares of 2.5 strides with boxes.

    python record_simota_cases.py simota.json

Recorded with numpy 2.4.6. Nothing here shares code with the Java side.
"""

import json
import sys

import numpy as np

CLASSES = 4


def cells(width, height):
    rows = []
    for stride in (8, 16, 32):
        y, x = np.mgrid[0:-(-height // stride), 0:-(-width // stride)]
        rows.append(np.stack([(x + 0.5).ravel() * stride, (y + 0.5).ravel() * stride, np.full(x.size, stride)], 1))
    return np.concatenate(rows)


def overlaps(a, b):
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    both = np.prod(np.clip(high - low, 0, None), 2)
    area = lambda boxes: np.prod(boxes[:, 2:] - boxes[:, :2], 1)
    return both / (area(a)[:, None] + area(b)[None] - both)


def match(priors, truth, labels, scores, boxes, radius, with_boxes):
    centre = (truth[:, :2] + truth[:, 2:]) / 2
    near = np.all(np.abs(priors[:, None, :2] - centre[None]) < radius * priors[:, None, 2:], 2)
    inside = np.all((priors[:, None, :2] > truth[None, :, :2]) & (priors[:, None, :2] < truth[None, :, 2:]), 2)
    core = near & inside if with_boxes else near
    candidate = np.flatnonzero(np.any(near | inside if with_boxes else near, 1))
    iou = overlaps(boxes[candidate], truth)
    root = np.sqrt(scores[candidate])[:, None, :]
    onehot = np.eye(CLASSES)[labels][None]
    entropy = -(onehot * np.log(root) + (1 - onehot) * np.log(1 - root)).sum(2)
    cost = entropy - 3 * np.log(iou + 1e-8) + 1e5 * ~core[candidate]
    taken = np.zeros(cost.shape, bool)
    for g in range(len(truth)):
        k = max(1, int(np.sort(iou[:, g])[::-1][:10].sum()))
        taken[np.argsort(cost[:, g], kind="stable")[:k], g] = True
    owner = np.full(len(priors), -1)
    for row in np.flatnonzero(taken.any(1)):
        owner[candidate[row]] = int(np.argmin(cost[row])) if taken[row].sum() > 1 else int(np.argmax(taken[row]))
    return owner


def case(seed, objects, width, height):
    rng = np.random.default_rng(seed)
    priors = cells(width, height)
    size = rng.uniform(6, 0.6 * min(width, height), (objects, 2))
    corner = rng.uniform(0, 1, (objects, 2)) * (np.array([width, height]) - size)
    truth = np.concatenate([corner, corner + size], 1).round(3)
    labels = rng.integers(0, CLASSES, objects)
    reach = priors[:, None, 2] * rng.uniform(0.2, 4, (len(priors), 4))
    boxes = np.concatenate([priors[:, :2] - reach[:, :2], priors[:, :2] + reach[:, 2:]], 1)
    for i in range(len(priors)):
        if rng.random() < 0.4:
            boxes[i] = truth[rng.integers(objects)] + rng.normal(0, 4, 4)
    boxes[:, 2:] = np.maximum(boxes[:, 2:], boxes[:, :2] + 1)
    boxes = boxes.round(2).astype(np.float32)
    scores = rng.beta(0.5, 3, (len(priors), CLASSES)).clip(1e-4, 0.999).round(5).astype(np.float32)
    found = {}
    for name, radius, with_boxes in (("yolox", 1.5, False), ("mmdetection", 2.5, True)):
        owner = match(priors, truth, labels, scores.astype(float), boxes.astype(float), radius, with_boxes)
        found[name] = [[int(i), int(owner[i])] for i in np.flatnonzero(owner >= 0)]
    return {"width": width, "height": height, "objects": truth.ravel().tolist(), "labels": labels.tolist(),
            "boxes": [round(float(v), 2) for v in boxes.ravel()], "scores": [round(float(v), 5) for v in scores.ravel()],
            **found}


def main(file):
    cases = [case(1, 6, 128, 96), case(2, 12, 160, 96), case(3, 1, 64, 64), case(4, 20, 128, 128)]
    with open(file, "w", encoding="utf-8") as out:
        json.dump({"classes": CLASSES, "cases": cases}, out, separators=(",", ":"))
        out.write("\n")


main(sys.argv[1])
