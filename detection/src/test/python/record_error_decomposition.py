"""Records the error decomposition of random detections: an independent oracle written from the definitions.

    python record_error_decomposition.py errors.json.gz

Bolya, Foley, Hays, Hoffman: TIDE: A General Toolbox for Identifying Object Detection Errors, ECCV 2020. arXiv 2008.08115.
Which detection found what comes from pycocotools (recorded with 2.0.11) at IoU 0.5. The rest is plain Python: no table of
columns, no sorting by columns, one correction after another applied to copies of lists.
"""

import contextlib
import gzip
import io
import json
import random
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

FOREGROUND, BACKGROUND = 0.5, 0.1
CASES = 60


def scene(rng):
    classes = list(range(1, rng.randint(2, 4)))
    truth = {"images": [{"id": i} for i in range(1, rng.randint(3, 6))],
             "categories": [{"id": c, "name": "c%d" % c} for c in classes], "annotations": []}
    found = []
    for image in truth["images"]:
        for _ in range(rng.randint(0, 6)):
            box = [rng.uniform(0, 100), rng.uniform(0, 100), rng.uniform(10, 60), rng.uniform(10, 60)]
            own = rng.choice(classes)
            truth["annotations"].append({
                "id": len(truth["annotations"]) + 1, "image_id": image["id"], "category_id": own, "bbox": box,
                "area": box[2] * box[3], "iscrowd": int(rng.random() < 0.1)})
            for _ in range(rng.choice((0, 1, 1, 2, 3))):
                spread = rng.choice((0.02, 0.1, 0.3))
                near = [v + rng.gauss(0, spread) * box[2 + i % 2] for i, v in enumerate(box)]
                near[2:] = [max(3, v) for v in near[2:]]
                found.append({"image_id": image["id"], "category_id": rng.choice((own, own, rng.choice(classes))),
                              "bbox": near, "score": rng.choice((0.3, 0.5, 0.7, rng.random()))})
        for _ in range(rng.randint(0, 3)):
            box = [rng.uniform(0, 100), rng.uniform(0, 100), rng.uniform(10, 60), rng.uniform(10, 60)]
            found.append({"image_id": image["id"], "category_id": rng.choice(classes), "bbox": box, "score": rng.random()})
    return truth, found


def iou(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    both = max(0, w) * max(0, h)
    return both / (a[2] * a[3] + b[2] * b[3] - both)


def matched(truth, found):
    """For each detection the id of the annotation that it found, "ignored", or None."""
    with contextlib.redirect_stdout(io.StringIO()):
        api = COCO()
        api.dataset = json.loads(json.dumps(truth))
        api.createIndex()
        run = COCOeval(api, api.loadRes(json.loads(json.dumps(found))), "bbox")
        run.params.iouThrs = [FOREGROUND]
        run.params.areaRng, run.params.areaRngLbl = [[0, 1e10]], ["all"]
        run.evaluate()
    of = {}
    for each in run.evalImgs:
        for k, d in enumerate(each["dtIds"] if each else []):
            of[d - 1] = "ignored" if each["dtIgnore"][0][k] else int(each["dtMatches"][0][k]) or None
    return of


def average_precision(points, objects):
    """points: (score, image, index, hit) of one class."""
    hits, curve = 0, []
    for rank, point in enumerate(sorted(points, key=lambda p: (-p[0], p[1], p[2])), 1):
        hits += point[3]
        curve.append((hits / objects, hits / rank))
    return sum(max((p for r, p in curve if r >= level * 0.01), default=0) for level in range(101)) / 101


def mean_precision(points, objects):
    values = [average_precision([p[1:] for p in points if p[0] == c], n) for c, n in objects.items() if n > 0]
    return sum(values) / len(values) if values else None


def decompose(truth, found):
    of = matched(truth, found)
    objects = [a for a in truth["annotations"] if not a["iscrowd"]]
    total = {c["id"]: sum(a["category_id"] == c["id"] for a in objects) for c in truth["categories"]}
    used = {a for a in of.values() if isinstance(a, int)}
    kinds, target = {}, {}
    for i, d in enumerate(found):
        if of[i] is not None:
            continue
        here = [(iou(d["bbox"], a["bbox"]), a) for a in objects if a["image_id"] == d["image_id"]]
        best = max(((v, a) for v, a in here if a["category_id"] == d["category_id"]), key=lambda p: p[0], default=(0, None))
        other = max(((v, a) for v, a in here if a["category_id"] != d["category_id"]), key=lambda p: p[0], default=(0, None))
        if BACKGROUND <= best[0] < FOREGROUND:
            kinds[i], target[i] = "Loc", best[1]
        elif other[0] >= FOREGROUND:
            kinds[i], target[i] = "Cls", other[1]
        elif best[0] >= FOREGROUND:
            kinds[i] = "Dupe"
        elif max(best[0], other[0]) < BACKGROUND:
            kinds[i] = "Bkg"
        else:
            kinds[i] = "Both"
    covered = {target[i]["id"] for i in target}
    missed = [a for a in objects if a["id"] not in used and a["id"] not in covered]

    def point(i, label=None, hit=None):
        d = found[i]
        return (label or d["category_id"], d["score"], d["image_id"], i, of[i] is not None if hit is None else hit)

    counted = [i for i in range(len(found)) if of[i] != "ignored"]
    base = mean_precision([point(i) for i in counted], total)
    result = {"AP50": base, "counts": {}, "deltas": {}}

    def put(kind, count, points, left):
        after = mean_precision(points, left)
        result["counts"][kind] = count
        result["deltas"][kind] = 0.0 if base is None else (1.0 if after is None else after) - base

    for kind in ("Cls", "Loc", "Both", "Dupe", "Bkg"):
        wrong = [i for i in counted if kinds.get(i) == kind]
        kept = [point(i) for i in counted if kinds.get(i) != kind]
        taken = set(used)
        for i in sorted(wrong, key=lambda i: (-found[i]["score"], i)):
            if i in target and target[i]["id"] not in taken:
                taken.add(target[i]["id"])
                kept.append(point(i, target[i]["category_id"], True))
        put(kind, len(wrong), kept, total)
    left = dict(total)
    for a in missed:
        left[a["category_id"]] -= 1
    put("Miss", len(missed), [point(i) for i in counted], left)
    right = [i for i in counted if of[i] is not None]
    put("FP", len(counted) - len(right), [point(i) for i in right], total)
    found_of = {c: sum(a["category_id"] == c for a in objects if a["id"] in used) for c in total}
    put("FN", len(objects) - len(used), [point(i) for i in counted], found_of)
    return result


def main(path):
    cases = []
    seed = 0
    while len(cases) < CASES:
        truth, found = scene(random.Random(seed))
        seed += 1
        if found and truth["annotations"]:
            cases.append({"truth": truth, "detections": found, "expected": decompose(truth, found)})
    with open(path, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as archive:
        archive.write(json.dumps(cases, separators=(",", ":")).encode())


if __name__ == "__main__":
    main(sys.argv[1])
