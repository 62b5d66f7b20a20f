"""Records what an evaluation written from LVIS's definition says of small federated cases.

usage: python record_lvis_cases.py detection/src/test/resources/dev/parfocal/detection/metric/lvis.zip

The definition (Gupta, Dollar, Girshick, CVPR 2019, and its supplement): of each image the best MOST detections of all
classes count. A class is scored in an image if the image has an object of it or lists it as verified absent
(neg_category_ids). A detection that finds nothing is not counted as false if the image lists its class as not
exhaustively annotated (not_exhaustive_category_ids). The rest is COCO's: greedy matching by descending score, precision
made monotone, 101 levels of recall, ten thresholds. AP is also averaged over the rare, common and frequent classes.
This program follows it object by object, without pycocotools.
"""

import json
import random
import sys
import zipfile

import numpy as np

MOST = 10
THRESHOLDS = np.linspace(.5, .95, 10)
LEVELS = np.linspace(0, 1, 101)
SIZES = {'all': (0, 1e10), 's': (0, 32 ** 2), 'm': (32 ** 2, 96 ** 2), 'l': (96 ** 2, 1e10)}


def iou(a, b):
    w = min(a[0] + a[2], b[0] + b[2]) - max(a[0], b[0])
    h = min(a[1] + a[3], b[1] + b[3]) - max(a[1], b[1])
    if w <= 0 or h <= 0:
        return 0.0
    return w * h / (a[2] * a[3] + b[2] * b[3] - w * h)


def draw(seed):
    dice = random.Random(seed)
    classes = [{'id': 3 * c + 1, 'name': 'c%d' % c, 'frequency': 'rcf'[c % 3]} for c in range(6)]
    ids = [c['id'] for c in classes]
    images, objects, found = [], [], []
    for i in range(1, 9):
        own = []
        for _ in range(dice.randint(0, 5)):
            side = 10 * 2 ** dice.uniform(0, 3.6)
            box = [round(dice.uniform(0, 200), 1), round(dice.uniform(0, 200), 1), round(side, 1), round(side, 1)]
            own.append((dice.choice(ids), box))
            objects.append({'id': len(objects) + 1, 'image_id': i, 'category_id': own[-1][0], 'bbox': box,
                            'area': round(box[2] * box[3] * dice.uniform(.6, 1), 1)})
        here = {label for label, _ in own}
        images.append({'id': i, 'file_name': '%d.jpg' % i, 'width': 320, 'height': 320,
                       'neg_category_ids': [c for c in ids if c not in here and dice.random() < .4],
                       'not_exhaustive_category_ids': [c for c in here if dice.random() < .4]})
        for _ in range(dice.randint(5, 18)):
            if own and dice.random() < .6:
                label, (x, y, w, h) = dice.choice(own)
                box = [x + w * dice.gauss(0, .1), y + h * dice.gauss(0, .1), w * 2 ** dice.gauss(0, .2), h]
                label = label if dice.random() < .8 else dice.choice(ids)
            else:
                label = dice.choice(ids)
                box = [dice.uniform(0, 200), dice.uniform(0, 200), dice.uniform(8, 120), dice.uniform(8, 120)]
            score = dice.choice([.5, .9]) if seed % 3 == 0 else round(dice.random(), 3)
            found.append({'image_id': i, 'category_id': label, 'bbox': [round(v, 1) for v in box], 'score': score})
    if seed % 4 == 1:
        objects[0]['ignore'] = 1
    return {'images': images, 'annotations': objects, 'categories': classes}, found


def curve(truth, found, label, size):
    """Precision [thresholds, levels] and recall [thresholds] of a class and size; None without an object."""
    low, high = SIZES[size]
    outcomes = [[] for _ in THRESHOLDS]
    objects = 0
    for image in truth['images']:
        here = [o for o in truth['annotations'] if o['image_id'] == image['id'] and o['category_id'] == label]
        if not here and label not in image['neg_category_ids']:
            continue
        best = sorted((d for d in found if d['image_id'] == image['id']), key=lambda d: -d['score'])[:MOST]
        own = sorted((d for d in best if d['category_id'] == label), key=lambda d: -d['score'])
        aside = [bool(o.get('ignore')) or not low <= o['area'] <= high for o in here]
        order = [g for g in range(len(here)) if not aside[g]] + [g for g in range(len(here)) if aside[g]]
        objects += aside.count(False)
        for t, threshold in enumerate(THRESHOLDS):
            taken = set()
            for d in own:
                chosen, least = None, min(threshold, 1 - 1e-10)
                for g in order:
                    if g in taken:
                        continue
                    if chosen is not None and not aside[chosen] and aside[g]:
                        break
                    overlap = iou(d['bbox'], here[g]['bbox'])
                    if overlap >= least:
                        chosen, least = g, overlap
                if chosen is not None:
                    taken.add(chosen)
                    counts, hit = not aside[chosen], True
                else:
                    area = d['bbox'][2] * d['bbox'][3]
                    counts = low <= area <= high and label not in image['not_exhaustive_category_ids']
                    hit = False
                outcomes[t].append((d['score'], counts, hit))
    if objects == 0:
        return None
    precision, recall = np.zeros((len(THRESHOLDS), len(LEVELS))), np.zeros(len(THRESHOLDS))
    for t, all_of_them in enumerate(outcomes):
        hits = misses = 0
        points = []
        for _, counts, hit in sorted(all_of_them, key=lambda o: -o[0]):
            hits += counts and hit
            misses += counts and not hit
            points.append((hits / objects, hits / (hits + misses + np.spacing(1))))
        for i in range(len(points) - 1, 0, -1):
            points[i - 1] = points[i - 1][0], max(points[i - 1][1], points[i][1])
        recall[t] = points[-1][0] if points else 0
        for l, level in enumerate(LEVELS):
            precision[t, l] = next((p for r, p in points if r >= level), 0)
    return precision, recall


def mean(values):
    return float(np.mean(values)) if len(values) else -1.0


def evaluate(truth, found):
    curves = {(c['id'], s): curve(truth, found, c['id'], s) for c in truth['categories'] for s in SIZES}

    def ap(size, pick=lambda p: p, frequency='rcf'):
        own = [curves[c['id'], size] for c in truth['categories'] if c['frequency'] in frequency]
        return mean([pick(each[0]) for each in own if each is not None])

    def ar(size):
        return mean([each[1] for (_, s), each in curves.items() if s == size and each is not None])

    result = {'AP': ap('all'), 'AP50': ap('all', lambda p: p[0]), 'AP75': ap('all', lambda p: p[5])}
    result.update({'AP' + s: ap(s) for s in 'sml'})
    result.update({'AP' + f: ap('all', frequency=f) for f in 'rcf'})
    result['AR%d' % MOST] = ar('all')
    result.update({'AR' + s: ar(s) for s in 'sml'})
    return result


def main():
    with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_DEFLATED) as archive:
        for seed in range(12):
            truth, found = draw(seed)
            for name, content in (('truth', truth), ('detections', found), ('expected', evaluate(truth, found))):
                entry = zipfile.ZipInfo('lvis_%d/%s.json' % (seed, name), (2026, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, json.dumps(content))


if __name__ == '__main__':
    main()
