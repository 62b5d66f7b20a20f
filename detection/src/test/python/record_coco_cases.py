"""Records what pycocotools says about random and nasty cases.

    python record_coco_cases.py pycocotools.zip

Needs pycocotools (recorded with 2.0.11) and numpy. For every case the archive holds truth.json and detections.json, as a
user would have them, and expected.json: the 12 numbers, per category the AP at the ten IoU thresholds (mean over the 101
recall levels, null without objects), and the precision, score and recall arrays of one category at IoU 0.50 and 0.75.
"""

import contextlib
import copy
import io
import json
import random
import sys
import zipfile

import numpy as np
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval


def coco(dataset):
    api = COCO()
    api.dataset = copy.deepcopy(dataset)
    api.createIndex()
    return api


def results(truth, detections):
    """loadRes, which fails on an empty list, by hand where it does."""
    if detections:
        return truth.loadRes(copy.deepcopy(detections))
    return coco({"images": truth.dataset["images"], "categories": truth.dataset["categories"], "annotations": []})


def measure(dataset, detections):
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        truth = coco(dataset)
        run = COCOeval(truth, results(truth, detections), "bbox")
        run.evaluate()
        run.accumulate()
        run.summarize()
    precision, scores, recall = run.eval["precision"], run.eval["scores"], run.eval["recall"]
    classes = {}
    for k, category in enumerate(run.params.catIds):
        own = precision[:, :, k, 0, 2]
        classes[str(category)] = [None if row[0] == -1 else float(np.mean(row)) for row in own]
    curves = []
    for k, category in enumerate(run.params.catIds):
        if recall[0, k, 0, 2] > -1:
            for t in (0, 5):
                curves.append({
                    "category": int(category),
                    "iou": 0.5 + 0.05 * t,
                    "precision": precision[t, :, k, 0, 2].tolist(),
                    "score": scores[t, :, k, 0, 2].tolist(),
                    "recall": float(recall[t, k, 0, 2]),
                })
            break
    means = {}
    for k, category in enumerate(run.params.catIds):
        own = precision[:, :, k, 0, 2]
        own = own[own > -1]
        means[str(category)] = float(np.mean(own)) if len(own) else None
    return {"stats": [float(s) for s in run.stats], "classes": classes, "class_ap": means, "curves": curves}


class Scene:
    """Random truth with detections around it."""

    def __init__(self, seed, images=12, categories=4, digits=2):
        self.random = random.Random(seed)
        self.digits = digits
        self.images = [{"id": i, "width": 640, "height": 480} for i in self.random.sample(range(1, 100000), images)]
        ids = self.random.sample(range(1, 3 * categories + 1), categories)
        self.categories = [{"id": c, "name": "class %d" % c} for c in ids]
        self.annotations = []
        self.detections = []

    def number(self, low, high):
        return round(self.random.uniform(low, high), self.digits)

    def box(self, low=4, high=300):
        w, h = self.number(low, high), self.number(low, high)
        return [self.number(-10, 600), self.number(-10, 440), w, h]

    def object(self, image, category, box, area=None, crowd=0):
        self.annotations.append({
            "id": len(self.annotations) + 1, "image_id": image, "category_id": category, "bbox": box,
            "area": box[2] * box[3] if area is None else area, "iscrowd": crowd,
        })

    def found(self, image, category, box, score):
        self.detections.append({"image_id": image, "category_id": category, "bbox": box, "score": score})

    def near(self, box, spread):
        w, h = box[2], box[3]
        jitter = [box[0] + self.random.gauss(0, spread) * w, box[1] + self.random.gauss(0, spread) * h,
                  max(0.5, w * (1 + self.random.gauss(0, spread))), max(0.5, h * (1 + self.random.gauss(0, spread)))]
        return [round(v, self.digits) for v in jitter]

    def pick(self, rows):
        return self.random.choice(rows)["id"]

    def fill(self, objects=6, crowd=0.1, miss=0.2, noise=4, spread=0.12, score=None, low=4, high=300):
        score = score or (lambda: self.random.random())
        for image in self.images:
            for _ in range(self.random.randint(0, objects)):
                category, box = self.pick(self.categories), self.box(low, high)
                area = box[2] * box[3] * self.random.uniform(0.3, 1)
                self.object(image["id"], category, box, area, int(self.random.random() < crowd))
                for _ in range(self.random.choice((1, 1, 2, 3))):
                    if self.random.random() > miss:
                        self.found(image["id"], category, self.near(box, spread), score())
            for _ in range(self.random.randint(0, noise)):
                self.found(image["id"], self.pick(self.categories), self.box(low, high), score())
        self.random.shuffle(self.detections)
        return self

    def case(self):
        truth = {"images": self.images, "annotations": self.annotations, "categories": self.categories}
        return truth, self.detections


def ties(seed):
    scene = Scene(seed)
    return scene.fill(score=lambda: scene.random.choice((0, 0.25, 0.5, 0.5, 0.75, 1))).case()


def all_equal(seed):
    return Scene(seed).fill(score=lambda: 0.5).case()


def signed_scores(seed):
    scene = Scene(seed)
    return scene.fill(score=lambda: scene.random.choice((-0.0, 0.0, 0, -1.5, 7, 1e-300, -1e-300))).case()


def crowds(seed):
    return Scene(seed).fill(objects=8, crowd=0.5, noise=8, spread=0.3, high=200).case()


def area_borders(seed):
    scene = Scene(seed)
    sizes = [(32, 32), (16, 64), (96, 96), (48, 192), (32, 31), (31, 33), (96, 97), (95, 97), (1, 1), (1e5, 1e5), (0, 0)]
    for image in scene.images:
        for w, h in scene.random.sample(sizes, 6):
            category, box = scene.pick(scene.categories), [scene.number(0, 200), scene.number(0, 200), w, h]
            nudge = scene.random.choice((0, 0, 0, 1e-9, -1e-9))
            scene.object(image["id"], category, box, w * h + nudge)
            shift = scene.random.choice((0, 0, 1, 4))
            scene.found(image["id"], category, [box[0] + shift, box[1], w, h], scene.random.random())
    return scene.case()


def iou_borders(seed):
    """Overlaps of exactly 0.5, 0.55 … and 1."""
    scene = Scene(seed, digits=0)
    for image in scene.images:
        for _ in range(6):
            category = scene.pick(scene.categories)
            x, y, size = scene.random.randint(0, 300), scene.random.randint(0, 200), scene.random.choice((20, 40, 100))
            scene.object(image["id"], category, [x, y, size, size])
            part = scene.random.choice((10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)) * size // 20
            scene.found(image["id"], category, [x, y, size, part], scene.random.random())
            scene.found(image["id"], category, [x + 0.1, y + 0.1, size * 1.0, part * 1.0], scene.random.random())
            x, y = scene.random.randint(1, 3000) / 10, scene.random.randint(1, 2000) / 10
            scene.object(image["id"], category, [x, y, size / 10, size / 10])
            scene.found(image["id"], category, [x, y, size / 10, part / 10], scene.random.random())
    return scene.case()


def many_detections(seed):
    """More than 10 and more than 100 detections per image and class, and the good ones lie on both sides of the limit."""
    scene = Scene(seed, images=3, categories=2)
    for image in scene.images:
        boxes = [scene.box(20, 80) for _ in range(40)]
        for box in boxes:
            scene.object(image["id"], scene.categories[0]["id"], box)
        for i in range(150):
            scene.found(image["id"], scene.categories[0]["id"], scene.near(scene.random.choice(boxes), 0.08),
                        round(scene.random.random(), 1))
        for i in range(120):
            far = [scene.number(700, 900), scene.number(700, 900), 20, 20]
            box = scene.box(20, 80) if 3 <= i < 20 or i >= 90 else far
            if box is not far:
                scene.object(image["id"], scene.categories[1]["id"], box)
            scene.found(image["id"], scene.categories[1]["id"], box, 1 - i / 1000)
    return scene.case()


def no_detections(seed):
    truth, _ = Scene(seed).fill().case()
    return truth, []


def no_objects(seed):
    truth, detections = Scene(seed).fill().case()
    return {**truth, "annotations": []}, detections


def only_crowds(seed):
    truth, detections = Scene(seed).fill(crowd=1.1).case()
    return truth, detections


def absent_class(seed):
    """One category without objects, one without detections, detections of a category that the truth lacks."""
    scene = Scene(seed, categories=5).fill()
    first, second = scene.categories[0]["id"], scene.categories[1]["id"]
    scene.annotations = [a for a in scene.annotations if a["category_id"] != first]
    scene.detections = [d for d in scene.detections if d["category_id"] != second]
    for image in scene.images:
        scene.found(image["id"], 9999, scene.box(), 0.9)
    return scene.case()


def duplicates(seed):
    scene = Scene(seed).fill(objects=4)
    for a in list(scene.annotations):
        if scene.random.random() < 0.5:
            scene.object(a["image_id"], a["category_id"], list(a["bbox"]), a["area"], a["iscrowd"])
    scene.detections = [d for d in scene.detections for _ in range(scene.random.choice((1, 1, 2, 5)))]
    return scene.case()


def degenerate(seed):
    scene = Scene(seed).fill()
    for image in scene.images:
        for w, h in ((0, 0), (0, 20), (20, 0), (-5, 10), (-5, -5), (1e-12, 1e-12)):
            category, x, y = scene.pick(scene.categories), scene.number(0, 300), scene.number(0, 300)
            scene.object(image["id"], category, [x, y, w, h])
            scene.found(image["id"], category, [x, y, w, h], scene.random.random())
    return scene.case()


def tiny(seed):
    return Scene(seed, digits=4).fill(low=0.01, high=3, spread=0.05).case()


def huge(seed):
    scene = Scene(seed).fill()
    for image in scene.images:
        box = [scene.number(0, 1e6), scene.number(0, 1e6), 120000.5, 130000.25]
        scene.object(image["id"], scene.categories[0]["id"], box)
        scene.found(image["id"], scene.categories[0]["id"], box, scene.random.random())
    return scene.case()


def unrounded(seed):
    return Scene(seed, digits=17).fill(spread=0.05).case()


def many_classes(seed):
    return Scene(seed, images=25, categories=80).fill(objects=20, noise=10).case()


def one_image(seed):
    return Scene(seed, images=1, categories=1).fill(objects=15, noise=20).case()


def id_zero(seed):
    scene = Scene(seed, images=4, categories=1).fill(crowd=0)
    for annotation in scene.annotations:
        annotation["id"] -= 1
    return scene.case()


def unlisted(seed):
    """Annotations of images and categories that the file does not list."""
    scene = Scene(seed).fill()
    scene.object(999999, scene.categories[0]["id"], scene.box())
    scene.object(scene.images[0]["id"], 8888, scene.box())
    return scene.case()


def perfect(seed):
    scene = Scene(seed).fill(crowd=0)
    scene.detections = []
    for a in scene.annotations:
        scene.found(a["image_id"], a["category_id"], a["bbox"], scene.random.random())
    return scene.case()


def plain(seed):
    return Scene(seed, images=30).fill().case()


KINDS = [plain, ties, all_equal, signed_scores, crowds, area_borders, iou_borders, many_detections, no_detections,
         no_objects, only_crowds, absent_class, duplicates, degenerate, tiny, huge, unrounded, many_classes, one_image,
         id_zero, unlisted, perfect]


def main(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for kind in KINDS:
            for seed in range(1 if kind is many_classes else 3):
                truth, detections = kind(1000 * seed + 7)
                files = {"truth": truth, "detections": detections, "expected": measure(truth, detections)}
                for name, content in files.items():
                    entry = zipfile.ZipInfo("%s_%d/%s.json" % (kind.__name__, seed, name))
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    archive.writestr(entry, json.dumps(content, separators=(",", ":")))


if __name__ == "__main__":
    main(sys.argv[1])
