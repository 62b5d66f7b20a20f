"""Whole processes side by side: parfocal evaluate and pycocotools, on the same files.

usage: python bench/python/evaluate.py [--images 1000,5000] [--rounds 3] [--program ./parfocal]

Writes files of that many images (80 classes, 100 detections and about 7 objects an image, drawn from a seed) to a
temporary folder, runs both programs on them in turn, and prints a table: the median time of a whole process, the most
memory it held, and whether the twelve numbers are equal to the last digit of a float64.
"""

import argparse
import json
import os
import platform
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time

CLASSES = 80
DETECTIONS = 100

COCOEVAL = """
import contextlib, io, json, sys
from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval
with contextlib.redirect_stdout(io.StringIO()):
    truth = COCO(sys.argv[1])
    evaluation = COCOeval(truth, truth.loadRes(sys.argv[2]), 'bbox')
    evaluation.evaluate()
    evaluation.accumulate()
    evaluation.summarize()
json.dump([float(x) for x in evaluation.stats], open(sys.argv[3], 'w'))
"""


def draw(images, folder):
    """Objects of log-uniform sizes, each found with some error or missed, the rest of the detections anywhere."""
    dice = random.Random(images)

    def box():
        side = 8 * 2 ** dice.uniform(0, 5.5)
        stretch = 2 ** dice.uniform(-1, 1)
        w, h = side * stretch, side / stretch
        return [round(dice.uniform(0, 640 - min(w, 600)), 2), round(dice.uniform(0, 480 - min(h, 440)), 2),
                round(w, 2), round(h, 2)]

    objects, found = [], []
    for image in range(1, images + 1):
        own = []
        for _ in range(dice.randint(1, 14)):
            own.append((dice.randint(1, CLASSES), box()))
            objects.append({'id': len(objects) + 1, 'image_id': image, 'category_id': own[-1][0], 'bbox': own[-1][1],
                            'area': round(own[-1][1][2] * own[-1][1][3] * dice.uniform(.5, 1), 2),
                            'iscrowd': int(dice.random() < .01)})
        for _ in range(DETECTIONS):
            if dice.random() < .25:
                label, (x, y, w, h) = dice.choice(own)
                b = [x + w * dice.gauss(0, .08), y + h * dice.gauss(0, .08), w * 2 ** dice.gauss(0, .15),
                     h * 2 ** dice.gauss(0, .15)]
            else:
                label, b = dice.randint(1, CLASSES), box()
            found.append({'image_id': image, 'category_id': label, 'bbox': [round(v, 2) for v in b],
                          'score': round(dice.random(), 4)})
    truth = {'images': [{'id': i, 'width': 640, 'height': 480, 'file_name': '%d.jpg' % i} for i in range(1, images + 1)],
             'categories': [{'id': c, 'name': 'class %d' % c} for c in range(1, CLASSES + 1)], 'annotations': objects}
    paths = os.path.join(folder, 'truth.json'), os.path.join(folder, 'detections.json')
    for path, content in zip(paths, (truth, found)):
        with open(path, 'w') as file:
            json.dump(content, file)
    return paths


def run(command):
    """Seconds and peak memory in MB of a process and its children."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if status != 0:
        sys.exit(process.stderr.read().decode())
    return seconds, usage.ru_maxrss / 1024


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument('--images', default='1000,5000')
    arguments.add_argument('--rounds', type=int, default=3)
    arguments.add_argument('--program', default='./parfocal')
    chosen = arguments.parse_args()
    print('%d processors, %s, Python %s' % (os.cpu_count(), platform.machine(), platform.python_version()))
    print()
    print('| images | detections | Parfocal | pycocotools | times as fast | memory | of pycocotools | numbers |')
    print('|---:|---:|---:|---:|---:|---:|---:|---|')
    for images in map(int, chosen.images.split(',')):
        with tempfile.TemporaryDirectory() as folder:
            truth, detections = draw(images, folder)
            ours, theirs = os.path.join(folder, 'ours.json'), os.path.join(folder, 'theirs.json')
            commands = ([chosen.program, 'evaluate', '--truth', truth, '--detections', detections, '--json', ours],
                        [sys.executable, '-c', COCOEVAL, truth, detections, theirs])
            times = ([], [])
            for _ in range(chosen.rounds):
                for command, measured in zip(commands, times):
                    measured.append(run(command))
            mine, other = (statistics.median(s for s, _ in each) for each in times)
            memory = [max(m for _, m in each) for each in times]
            equal = list(json.load(open(ours)).values()) == json.load(open(theirs))
            print('| %d | %d | %.2f s | %.1f s | %.1f | %.0f MB | %.0f MB | %s |' % (
                images, images * DETECTIONS, mine, other, other / mine, memory[0], memory[1],
                'equal' if equal else 'DIFFERENT'), flush=True)


if __name__ == '__main__':
    main()
