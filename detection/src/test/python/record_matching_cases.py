"""Records one-to-one matchings: of random costs by scipy, of random predictions by RT-DETR's matcher of transformers.

    python record_matching_cases.py matching.json

Recorded with scipy 1.17.1, transformers 5.18.0 and PyTorch 2.13.0. Costs of RT-DETR are written as its matcher hands them to
scipy, computed in float64 from float32 predictions, in the weights of the published models: classes 2, L1 5, GIoU 2.
"""

import json
import random
import sys
from types import SimpleNamespace

import numpy as np
import torch
from scipy.optimize import linear_sum_assignment
from transformers.loss import loss_rt_detr

CONFIG = SimpleNamespace(matcher_class_cost=2.0, matcher_bbox_cost=5.0, matcher_giou_cost=2.0, use_focal_loss=True,
                         matcher_alpha=0.25, matcher_gamma=2.0)
WIDTH, HEIGHT, CLASSES = 640, 480, 5


def random_costs():
    rng = np.random.default_rng(3)
    for rows, columns in ((1, 1), (1, 7), (4, 4), (6, 9), (12, 30), (25, 25), (40, 60)):
        for kind in ("real", "ties", "wide"):
            cost = rng.normal(size=(rows, columns))
            cost = {"real": cost, "ties": np.rint(cost), "wide": np.exp(6 * cost) * np.sign(cost)}[kind]
            matched = linear_sum_assignment(cost)
            yield {"rows": rows, "columns": columns, "cost": [round(float(v), 6) for v in cost.flatten()],
                   "sum": float(np.array([round(float(v), 6) for v in cost.flatten()]).reshape(cost.shape)[matched].sum())}


def detr_case(rng, queries, objects):
    boxes = []
    for _ in range(queries + objects):
        w, h = rng.uniform(0.05, 0.5), rng.uniform(0.05, 0.5)
        boxes.append([rng.uniform(w / 2, 1 - w / 2), rng.uniform(h / 2, 1 - h / 2), w, h])
    truth = torch.tensor(boxes[:objects])
    predicted = torch.tensor(boxes[objects:])
    near = min(2 * objects, queries)
    predicted[:near] = (truth.repeat(2, 1)[:near] + torch.tensor([[rng.gauss(0, 0.03) for _ in range(4)] for _ in range(near)])
                        ).clamp(0.03, 0.97)
    labels = torch.tensor([rng.randrange(CLASSES) for _ in range(objects)])
    logits = torch.tensor([[rng.gauss(-2, 3) for _ in range(CLASSES)] for _ in range(queries)])
    costs = []

    def record(cost):
        costs.append(cost)
        return linear_sum_assignment(cost)

    loss_rt_detr.linear_sum_assignment = record
    matched = loss_rt_detr.RTDetrHungarianMatcher(CONFIG)(
        {"logits": logits[None].double(), "pred_boxes": predicted[None].double()},
        [{"class_labels": labels, "boxes": truth.double()}])[0]
    owner = [-1] * queries
    for query, object_ in zip(*(part.tolist() for part in matched)):
        owner[query] = object_
    return {"logits": logits.flatten().tolist(), "boxes": predicted.flatten().tolist(), "labels": labels.tolist(),
            "objects": truth.flatten().tolist(), "cost": costs[0].t().flatten().tolist(), "owner": owner}


def main(file):
    rng = random.Random(5)
    cases = {
        "costs": list(random_costs()),
        "width": WIDTH, "height": HEIGHT, "classes": CLASSES,
        "detr": [detr_case(rng, queries, objects) for queries, objects in ((30, 6), (20, 20), (40, 1), (60, 15))],
    }
    with open(file, "w", encoding="utf-8") as out:
        json.dump(cases, out, separators=(",", ":"))
        out.write("\n")


main(sys.argv[1])
