"""Records calibration measures of random cases, computed with pycocotools' matching, numpy and scipy.

    python record_calibration_cases.py calibration.json

Recorded with pycocotools 2.0.11, numpy 2.4.6, scipy 1.17.1. Nothing here shares code with the Java side: matches come from
COCOeval at one IoU threshold (1e-300 for "any overlap"), errors from numpy's histograms, correlations, isotonic regression
and the minimum of the cross-entropy from scipy.
"""

import contextlib
import io
import json
import random
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
from scipy import optimize, stats

BINS = 25


def case(seed):
    rng = random.Random(seed)
    images = [{"id": 3 * i + 7, "file_name": f"{i}.png", "width": 200, "height": 200} for i in range(15)]
    categories = [{"id": 2, "name": "dog"}, {"id": 5, "name": "cat"}, {"id": 9, "name": "never"}, {"id": 11, "name": "cow"}]
    annotations, detections = [], []
    for image in images:
        for _ in range(rng.randrange(6)):
            box = [rng.uniform(0, 140), rng.uniform(0, 140), rng.uniform(10, 60), rng.uniform(10, 60)]
            category = rng.choice([2, 5, 11])
            crowd = int(rng.random() < 0.1)
            annotations.append({"id": len(annotations) + 1, "image_id": image["id"], "category_id": category, "bbox": box,
                                "area": box[2] * box[3], "iscrowd": crowd})
            for _ in range(rng.randrange(3)):
                sigma = rng.choice([1, 4, 12])
                shifted = [box[0] + rng.gauss(0, sigma), box[1] + rng.gauss(0, sigma),
                           max(2, box[2] + rng.gauss(0, sigma)), max(2, box[3] + rng.gauss(0, sigma))]
                score = min(1, max(0, rng.gauss(0.9 - sigma / 20, 0.15)))
                detections.append({"image_id": image["id"], "category_id": category, "bbox": shifted,
                                   "score": round(score, 2) if seed % 2 else score})
        for _ in range(rng.randrange(4)):
            box = [rng.uniform(0, 140), rng.uniform(0, 140), rng.uniform(10, 60), rng.uniform(10, 60)]
            detections.append({"image_id": image["id"], "category_id": rng.choice([2, 5, 9, 11]), "bbox": box,
                               "score": round(rng.random() ** 2, 2) if seed % 2 else rng.random() ** 2})
    return {"images": images, "categories": categories, "annotations": annotations}, detections


def matches(truth, detections, iou):
    """Rows (image, category, score, iou or 0) without those in crowds; objects per category."""
    with contextlib.redirect_stdout(io.StringIO()):
        gt = COCO()
        gt.dataset = truth
        gt.createIndex()
        run = COCOeval(gt, gt.loadRes([dict(d) for d in detections]), "bbox")
        run.params.iouThrs = np.array([max(iou, 1e-300)])
        run.evaluate()
    rows, objects = [], {c["id"]: 0 for c in truth["categories"]}
    for e in run.evalImgs[: len(truth["categories"]) * len(truth["images"]) * 4]:
        if e is None or e["aRng"] != run.params.areaRng[0]:
            continue
        objects[e["category_id"]] += sum(1 for i in e["gtIgnore"] if not i)
        overlaps = run.ious[e["image_id"], e["category_id"]]
        original = [g["id"] for g in run._gts[e["image_id"], e["category_id"]]]
        for d in range(len(e["dtIds"])):
            found, ignored = int(e["dtMatches"][0][d]), bool(e["dtIgnore"][0][d])
            if found and ignored:
                continue
            rows.append((e["image_id"], e["category_id"], e["dtScores"][d],
                         float(overlaps[d][original.index(found)]) if found else 0.0))
    return np.array(rows), objects


def ece(score, outcome):
    total, which = 0.0, np.minimum((score * BINS).astype(int), BINS - 1)
    for j in range(BINS):
        own = which == j
        if own.any():
            total += own.sum() * abs(score[own].mean() - outcome[own].mean())
    return total / len(score)


def per_class(rows, measure):
    return float(np.mean([measure(rows[rows[:, 1] == c]) for c in np.unique(rows[:, 1])]))


def lrp(rows, objects, iou):
    results = {}
    for c, n in objects.items():
        if n == 0:
            continue
        own = rows[rows[:, 1] == c]
        best = (1.0, None, None, None)
        for s in np.unique(own[:, 2]):
            kept = own[own[:, 2] >= s]
            hit = kept[kept[:, 3] > 0]
            tp, fp = len(hit), len(kept) - len(hit)
            error = (np.sum(1 - hit[:, 3]) / (1 - iou) + fp + n - tp) / (fp + n)
            if error < best[0] - 1e-15:
                best = (float(error), float(np.mean(1 - hit[:, 3])) if tp else None, fp / (tp + fp), 1 - tp / n)
        results[str(c)] = best
    return results


def temperature(score, target):
    z = np.log(np.clip(score, 1e-9, 1 - 1e-9) / (1 - np.clip(score, 1e-9, 1 - 1e-9)))

    def entropy(log_t):
        x = z / np.exp(log_t)
        return np.mean(np.logaddexp(0, x) - target * x)

    return float(np.exp(optimize.minimize_scalar(entropy, bounds=(-3, 3), method="bounded", options={"xatol": 1e-12}).x))


def isotonic(score, target):
    order = np.argsort(score, kind="stable")
    values, start, count = np.unique(score[order], return_index=True, return_counts=True)
    means = np.add.reduceat(target[order], start) / count
    return values.tolist(), optimize.isotonic_regression(means, weights=count).x.tolist()


def record(seed):
    truth, detections = case(seed)
    half, objects = matches(truth, detections, 0.5)
    any_, _ = matches(truth, detections, 0)
    hits = half[half[:, 3] > 0]
    right = (half[:, 3] > 0).astype(float)
    scores, fitted = isotonic(half[:, 2], half[:, 3])
    return {
        "truth": truth, "detections": detections,
        "dEce": ece(half[:, 2], right),
        "laEce": per_class(half, lambda r: ece(r[:, 2], r[:, 3])),
        "laEce0": per_class(any_, lambda r: ece(r[:, 2], r[:, 3])),
        "laAce0": per_class(any_, lambda r: np.mean(abs(r[:, 2] - r[:, 3]))),
        "lrp": lrp(half, objects, 0.5),
        "spearman": float(stats.spearmanr(hits[:, 2], hits[:, 3]).statistic),
        "kendall": float(stats.kendalltau(hits[:, 2], hits[:, 3]).statistic),
        "temperature": temperature(half[:, 2], right),
        "temperatureIou": temperature(half[:, 2], half[:, 3]),
        "isotonicScores": scores, "isotonicValues": fitted,
    }


if __name__ == "__main__":
    with open(sys.argv[1], "w") as file:
        json.dump([record(seed) for seed in range(4)], file)
        file.write("\n")
