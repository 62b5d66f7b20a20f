"""Records what pycocotools says about hundreds of small generated files in the spellings that tools write.

    python record_spellings.py spellings.json.gz

Needs pycocotools (recorded with 2.0.11) and numpy. Each case has the text of a truth and of its detections, options of the
evaluation, and "figures": AP, AP at each threshold, AP by area, AR by limit, AR by area, -1 where there is none. Where
a field is missing or null (id, area, iscrowd), pycocotools fails, or takes all annotations with the id null for one; there the
figures are those of the file with the field filled in: a fresh id, the area of the box, no crowd; "filled" says so.
"""

import contextlib
import copy
import gzip
import io
import json
import random
import sys

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

CASES = 400


def coco(dataset):
    api = COCO()
    api.dataset = copy.deepcopy(dataset)
    api.createIndex()
    return api


def mean(values):
    values = values[values > -1]
    return float(np.mean(values)) if len(values) else -1


def figures(dataset, detections, options):
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        truth = coco(dataset)
        found = truth.loadRes(copy.deepcopy(detections)) if detections else coco({**dataset, "annotations": []})
        run = COCOeval(truth, found, "bbox")
        if "ious" in options:
            run.params.iouThrs = np.array(options["ious"])
        if "limits" in options:
            run.params.maxDets = options["limits"]
        if "areas" in options:
            run.params.areaRng = [[0, 1e10]] + [[a["least"], a["most"]] for a in options["areas"]]
            run.params.areaRngLbl = ["all"] + [a["name"] for a in options["areas"]]
        if "classes" in options:
            named = [c["id"] for c in dataset["categories"] if c["name"] in options["classes"]]
            run.params.catIds = sorted(named)
        run.evaluate()
        run.accumulate()
    precision, recall = run.eval["precision"], run.eval["recall"]
    areas, limits = range(1, precision.shape[3]), range(precision.shape[4])
    numbers = [mean(precision[:, :, :, 0, -1])]
    numbers += [mean(precision[t, :, :, 0, -1]) for t in range(precision.shape[0])]
    numbers += [mean(precision[:, :, :, a, -1]) for a in areas]
    numbers += [mean(recall[:, :, 0, m]) for m in limits]
    return numbers + [mean(recall[:, :, a, -1]) for a in areas]


def spelled(rng, number):
    return rng.choice((number, number, float(number)))


def scene(rng):
    """A truth, its detections and options, in some spelling."""
    names = rng.sample(("cat", "dog", "a b", "ü", "0"), rng.randint(1, 3))
    texts = rng.random() < 0.2
    class_ids = rng.sample(range(0, 9), len(names))
    images = rng.sample(range(0, 40), rng.randint(1, 4))
    image_id = (lambda i: "im%d" % i) if texts else (lambda i: spelled(rng, i))
    truth = {"images": [{"id": image_id(i), "width": 200, "height": 200} for i in images],
             "categories": [{"id": c, "name": n} for c, n in zip(class_ids, names)], "annotations": []}
    detections = []
    grid = rng.choice((1, 0.5, 0.1))
    scores = rng.choice(((0.5,), (0.1, 0.5, 0.9), None, (0, 1, -0.0), (1e-300, 3, 1e300)))
    first_id = rng.choice((0, 1, 1, 1000))

    def number(low, high):
        value = round(rng.uniform(low, high) / grid) * grid
        return int(value) if grid == 1 and rng.random() < 0.7 else round(value, 6)

    def found(image, category, box):
        score = rng.choice(scores) if scores else rng.random()
        detections.append({"image_id": image_id(image), "category_id": spelled(rng, category), "bbox": box, "score": score})

    for image in images:
        for _ in range(rng.choice((0, 1, 2, 4, 7))):
            category = rng.choice(class_ids)
            box = [number(0, 120), number(0, 120), number(0, rng.choice((20, 60, 150))), number(0, rng.choice((20, 60, 150)))]
            row = {"id": first_id + len(truth["annotations"]), "image_id": image_id(image), "category_id": category, "bbox": box}
            if rng.random() < 0.15:
                row["id"] = rng.choice((float(row["id"]), str(row["id"]), -row["id"] - 1))
            row["area"] = rng.choice((box[2] * box[3], box[2] * box[3] * 0.6, 1024, 9216, 0))
            row["iscrowd"] = rng.choice((0, 0, 0, 0, 1, False, True, 0.0))
            if rng.random() < 0.1:
                row["ignore"] = rng.choice((0, 1))
            for field in ("id", "area", "iscrowd"):
                if rng.random() < 0.03:
                    row.pop(field) if rng.random() < 0.5 else row.update({field: None})
            truth["annotations"].append(row)
            for _ in range(rng.choice((0, 1, 1, 2, 3))):
                jitter = rng.choice((0, 0, 2, 8))
                near = [box[0] + number(0, jitter), box[1] + number(0, jitter), max(0, box[2] - number(0, jitter)), box[3]]
                found(image, rng.choice((category, category, category, rng.choice(class_ids), 77)), near)
        for _ in range(rng.choice((0, 0, 1, 3, 12))):
            found(image, rng.choice(class_ids), [number(0, 150), number(0, 150), number(0, 50), number(0, 50)])
    rng.shuffle(detections)
    rng.shuffle(truth["annotations"])
    options = {}
    if rng.random() < 0.4:
        options["ious"] = sorted(rng.sample((0.1, 0.3, 0.5, 0.55, 0.6, 0.75, 0.9, 0.95, 1.0), rng.randint(1, 6)))
    if rng.random() < 0.4:
        options["limits"] = sorted(rng.sample((1, 2, 3, 5, 10, 100, 300), rng.randint(1, 3)))
    if rng.random() < 0.3:
        options["areas"] = [{"name": "tiny", "least": 0, "most": 256}, {"name": "rest", "least": 256, "most": 1e10}]
    if rng.random() < 0.2:
        options["classes"] = rng.sample(names, 1)
    return truth, detections, options


def filled(truth):
    """The same file with the fields that pycocotools cannot do without."""
    truth = copy.deepcopy(truth)
    for i, row in enumerate(truth["annotations"]):
        row["id"] = row.get("id") if row.get("id") is not None else 100000 + i
        row["area"] = row.get("area") if row.get("area") is not None else row["bbox"][2] * row["bbox"][3]
        row["iscrowd"] = row["iscrowd"] if row.get("iscrowd") is not None else 0
    return truth


def main(path):
    cases = []
    for seed in range(CASES):
        truth, detections, options = scene(random.Random(seed))
        complete = filled(truth)
        cases.append({"truth": truth, "detections": detections, "options": options, "filled": complete != truth,
                      "figures": figures(complete, detections, options)})
    text = json.dumps(cases, separators=(",", ":"), ensure_ascii=False)
    with open(path, "wb") as file, gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0) as archive:
        archive.write(text.encode())
    print(len(cases), "cases,", sum(case["filled"] for case in cases), "with fields filled in")


if __name__ == "__main__":
    main(sys.argv[1])
